package dev.outbox.eventstore.internal.projection.generation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The database as one process sees it that dies at a step: before a statement or a commit reaches the server, or before its answer
 * comes back. All of its connections are gone then, and nothing that it still tries has an effect.
 */
final class MortalDataSource extends DelegatingDataSource implements AutoCloseable {

    private final int diesAt;
    private final boolean isAnswerLost;
    private final Runnable eachStep;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> free = new ArrayDeque<>();
    private int steps;
    private boolean isDead;

    /**
     * @param diesAt the step, counted from 1; 0 if it lives
     * @param isAnswerLost whether the step still has its effect
     * @param eachStep what others do in between
     */
    MortalDataSource(DataSource physical, int diesAt, boolean isAnswerLost, Runnable eachStep) {
        super(physical);
        this.diesAt = diesAt;
        this.isAnswerLost = isAnswerLost;
        this.eachStep = eachStep;
    }

    /** {@return how many steps it has made} */
    int steps() {
        return steps;
    }

    boolean isDead() {
        return isDead;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (isDead) {
            throw new SQLException("The process is dead", "08006");
        }
        Connection connection = free.poll();
        if (connection == null) {
            connection = super.getConnection();
            connections.add(connection);
        }
        return proxy(Connection.class, connection);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> call(target, method, arguments)));
    }

    private @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        boolean isStep =
                method.getName().startsWith("execute") || method.getName().equals("commit");
        if (isDead && !method.getName().equals("close") && !method.getName().equals("isClosed")) {
            throw new SQLException("The process is dead", "08006");
        }
        if (target instanceof Connection connection && method.getName().equals("close") && !isDead) {
            free.push(connection);
            return null;
        }
        if (isStep) {
            steps++;
            eachStep.run();
        }
        if (isStep && steps == diesAt && !isAnswerLost) {
            die();
        }
        Object result;
        try {
            result = method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
        if (isStep && steps == diesAt) {
            die();
        }
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement);
        }
        return result instanceof Statement statement ? proxy(Statement.class, statement) : result;
    }

    private void die() throws SQLException {
        isDead = true;
        for (Connection connection : connections) {
            connection.abort(Runnable::run);
        }
        throw new SQLException("The process has died", "08006");
    }
}

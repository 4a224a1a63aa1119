package dev.outbox.producer.internal.write;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.ConnectionProxy;

/**
 * Passes everything on to a connection of the service, and commits like this:
 *
 * <ol>
 *   <li>The pending events are written. If that fails, it rolls back itself, because not every caller of a failed commit
 *     does: some switch to auto-commit next, which commits what is left.
 *   <li>The connection commits. If the last statement has done so, the driver finds no transaction and sends nothing.
 * </ol>
 */
final class JdbcCommittingConnection implements InvocationHandler {

    private static final Class<?>[] INTERFACES = {ConnectionProxy.class};
    private static final Object[] NOTHING = {};

    private final Connection target;
    private final Function<DataAccessException, Exception> failure;

    private JdbcCommittingConnection(Connection target, Function<DataAccessException, Exception> failure) {
        this.target = target;
        this.failure = failure;
    }

    static Connection of(Connection target, Function<DataAccessException, Exception> failure) {
        return (Connection) Proxy.newProxyInstance(
                JdbcCommittingConnection.class.getClassLoader(),
                INTERFACES,
                new JdbcCommittingConnection(target, failure));
    }

    static boolean is(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                && Proxy.getInvocationHandler(connection) instanceof JdbcCommittingConnection;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] given) throws Throwable {
        Object[] arguments = given == null ? NOTHING : given;
        return switch (method.getName()) {
            case "commit" -> {
                writeWhatIsPending((Connection) proxy);
                yield passOn(method, arguments);
            }
            case "rollback" -> {
                if (arguments.length == 0) {
                    dropWhatIsPending((Connection) proxy);
                }
                yield passOn(method, arguments);
            }
            case "getTargetConnection" -> target;
            case "unwrap" -> isA(arguments[0], proxy) ? proxy : passOn(method, arguments);
            case "isWrapperFor" -> isA(arguments[0], proxy) ? true : passOn(method, arguments);
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> passOn(method, arguments);
        };
    }

    private static boolean isA(Object type, Object proxy) {
        return ((Class<?>) type).isInstance(proxy);
    }

    private void writeWhatIsPending(Connection self) throws Exception {
        PendingEvents pending = PendingEvents.current();
        if (pending != null) {
            try {
                pending.beforeCommit(self);
            } catch (DataAccessException refused) {
                rollBack(refused);
                throw failure.apply(refused);
            } catch (RuntimeException | Error failed) {
                rollBack(failed);
                throw failed;
            }
        }
    }

    private static void dropWhatIsPending(Connection self) {
        PendingEvents pending = PendingEvents.current();
        if (pending != null) {
            pending.onRollback(self);
        }
    }

    private void rollBack(Throwable failed) {
        try {
            target.rollback();
        } catch (SQLException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private @Nullable Object passOn(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}

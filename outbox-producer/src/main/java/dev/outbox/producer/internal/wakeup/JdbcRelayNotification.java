package dev.outbox.producer.internal.wakeup;

import dev.outbox.internal.wakeup.CommitChannel;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.support.JdbcUtils;

/** Sends notifications on its own connection, which is opened on first use, and again after it has been lost. */
final class JdbcRelayNotification implements RelayNotification {

    private static final String NOTIFY = "notify " + CommitChannel.NAME;

    private final DataSource dataSource;
    private @Nullable Connection connection;

    JdbcRelayNotification(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void send() {
        try (Statement statement = connection().createStatement()) {
            statement.execute(NOTIFY);
        } catch (SQLException e) {
            close();
            throw new DataAccessResourceFailureException("The relays could not be notified of commits", e);
        }
    }

    @Override
    public void close() {
        JdbcUtils.closeConnection(connection);
        connection = null;
    }

    private Connection connection() throws SQLException {
        Connection current = connection;
        if (current == null) {
            current = dataSource.getConnection();
            current.setAutoCommit(true);
            connection = current;
        }
        return current;
    }
}

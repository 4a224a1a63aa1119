package dev.outbox.relay.internal.wakeup;

import dev.outbox.internal.wakeup.CommitChannel;
import dev.outbox.relay.internal.database.RelayDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataAccessResourceFailureException;

/** Listens on its own connection. Waiting costs the server nothing. */
final class JdbcCommitNotifications implements CommitNotifications {

    private static final String LISTEN = "listen " + CommitChannel.NAME;

    private static final int VALID_WITHIN_SECONDS = 3;

    private final Connector connector;
    private volatile @Nullable Connection connection;

    JdbcCommitNotifications(Connector connector) {
        this.connector = connector;
    }

    @Override
    public boolean await(Duration timeout) {
        try {
            Connection current = connection;
            if (current == null) {
                connect();
                return true;
            }
            boolean heard =
                    current.unwrap(PGConnection.class).getNotifications(Math.toIntExact(timeout.toMillis())).length > 0;
            // A connection that was cut in the network would stay silent for ever.
            if (!heard && !current.isValid(VALID_WITHIN_SECONDS)) {
                throw new SQLException("The connection is gone");
            }
            return heard;
        } catch (SQLException e) {
            disconnect();
            throw new DataAccessResourceFailureException("Notifications of commits cannot be received", e);
        }
    }

    @Override
    public void close() {
        disconnect();
    }

    private void connect() throws SQLException {
        Connection made = connector.connect();
        connection = made;
        made.setAutoCommit(true);
        try (Statement statement = made.createStatement()) {
            statement.execute(LISTEN);
        }
    }

    private void disconnect() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            RelayDatabase.abort(current);
        }
    }

    /** Makes a connection that no other code uses. */
    @FunctionalInterface
    interface Connector {

        Connection connect() throws SQLException;
    }
}

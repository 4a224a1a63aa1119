package dev.outbox.relay.internal.replication;

import dev.outbox.relay.internal.database.RelayDatabase;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * One connection on which the server sends what is committed. For use by a single thread.
 *
 * <p>The server is told how far the relay has come by {@link #confirm} alone. The driver's own confirmation is switched off:
 * it answers a keep-alive with the position of the last message that it has handed out, and so would confirm rows of a
 * transaction of which the rest has not come yet.
 */
public final class ReplicationSession implements AutoCloseable {

    private static final int PROTOCOL = 1;

    private final Connection connection;
    private final PGReplicationStream stream;
    private final PgOutputDecoder decoder = new PgOutputDecoder();

    private ReplicationSession(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /**
     * {@return the driver's properties for such a connection}
     *
     * @param relay what the name of the relay ends with, by which other relays recognise the session
     * @param silence after how long without an answer the server takes the relay for dead, and frees the slot
     */
    public static Map<String, String> properties(UUID relay, Duration silence) {
        return Map.of(
                PGProperty.APPLICATION_NAME.getName(), "outbox-tail " + relay,
                PGProperty.REPLICATION.getName(), "database",
                PGProperty.ASSUME_MIN_SERVER_VERSION.getName(), "14",
                PGProperty.PREFER_QUERY_MODE.getName(), "simple",
                PGProperty.OPTIONS.getName(), "-c wal_sender_timeout=" + silence.toMillis());
    }

    /**
     * Starts. What was committed before is not sent, whether it was confirmed or not.
     *
     * @param from where in the WAL; if more was confirmed, from there
     * @throws DataAccessResourceFailureException if the server cannot be reached or refuses
     */
    public static ReplicationSession start(
            DataSource connections, String slot, String publication, Duration statusInterval, LogSequenceNumber from) {
        Connection connection = null;
        try {
            connection = connections.getConnection();
            PGReplicationStream stream = connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withStartPosition(from)
                    .withSlotOption("proto_version", PROTOCOL)
                    .withSlotOption("publication_names", '"' + publication.replace("\"", "\"\"") + '"')
                    .withSlotOption("binary", true)
                    .withStatusInterval(Math.toIntExact(statusInterval.toMillis()), TimeUnit.MILLISECONDS)
                    .withAutomaticFlush(false)
                    .start();
            return new ReplicationSession(connection, stream);
        } catch (SQLException e) {
            if (connection != null) {
                RelayDatabase.abort(connection);
            }
            throw new DataAccessResourceFailureException("Replication slot %s cannot be read".formatted(slot), e);
        }
    }

    /** {@return the next message; null if none comes within about a millisecond} */
    public @Nullable StreamMessage next() {
        try {
            ByteBuffer message = stream.readPending();
            return message == null ? null : decoder.decode(message);
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The stream of the write-ahead log broke off", e);
        }
    }

    /** {@return up to where everything has come, if no message is left and no transaction is open} */
    public LogSequenceNumber received() {
        return stream.getLastReceiveLSN();
    }

    /** Tells the server that everything up to here is done. */
    public void confirm(LogSequenceNumber position) {
        stream.setAppliedLSN(position);
        stream.setFlushedLSN(position);
        try {
            stream.forceUpdateStatus();
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("The stream of the write-ahead log broke off", e);
        }
    }

    /** A connection that does not answer must not hold up a stop. */
    @Override
    public void close() {
        RelayDatabase.abort(connection);
    }
}

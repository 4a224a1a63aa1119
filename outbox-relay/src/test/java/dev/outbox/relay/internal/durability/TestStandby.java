package dev.outbox.relay.internal.durability;

import dev.outbox.embedded.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** Takes the WAL as a standby does, and confirms it when it is told to. */
public final class TestStandby implements AutoCloseable {

    private final Connection connection;
    private final PGReplicationStream stream;

    private TestStandby(Connection connection, PGReplicationStream stream) {
        this.connection = connection;
        this.stream = stream;
    }

    /** Connects from a position of the WAL. */
    public static TestStandby connect(TestDatabase database, String name, String from) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, database.user());
        PGProperty.PASSWORD.set(properties, database.password());
        PGProperty.REPLICATION.set(properties, "true");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "13");
        PGProperty.APPLICATION_NAME.set(properties, name);
        Connection connection = DriverManager.getConnection(database.jdbcUrl(), properties);
        PGReplicationStream stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .physical()
                .withStartPosition(LogSequenceNumber.valueOf(from))
                .start();
        return new TestStandby(connection, stream);
    }

    /** Says that everything is on disk, whatever has been received. */
    public void confirmAll() throws SQLException {
        LogSequenceNumber all = LogSequenceNumber.valueOf(Long.MAX_VALUE);
        stream.setFlushedLSN(all);
        stream.setAppliedLSN(all);
        stream.forceUpdateStatus();
    }

    @Override
    public void close() throws SQLException {
        stream.close();
        connection.close();
    }
}

package dev.outbox.chaos.load;

import dev.outbox.chaos.Landscape;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A session that keeps one snapshot open, as a report or a backup does: nothing that is newer can be cleaned up. */
public final class LongReader implements AutoCloseable {

    private final Connection connection;

    private LongReader(Connection connection) {
        this.connection = connection;
    }

    /** Takes its snapshot. */
    public static LongReader start(Landscape landscape) throws SQLException {
        Connection connection = landscape.dataSource("long-reader").getConnection();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute("select count(*) from outbox_event");
        }
        return new LongReader(connection);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

package dev.outbox.relay;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.OutboxTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A transaction of a writing service, on a connection of its own; rolled back unless it was committed. */
public final class OutboxTransaction implements AutoCloseable {

    private final Connection connection;
    private final OutboxWriter writer;

    OutboxTransaction(DataSource dataSource) throws SQLException {
        this.connection = dataSource.getConnection();
        this.connection.setAutoCommit(false);
        DataSource ofThis = new SingleConnectionDataSource(connection, true);
        this.writer = OutboxWriter.on(DatabaseProduct.of(ofThis), ofThis, OutboxTables.ON_SEARCH_PATH);
    }

    /** Writes and commits events. */
    public static void commit(DataSource dataSource, List<EventEnvelope> events) throws SQLException {
        try (OutboxTransaction transaction = new OutboxTransaction(dataSource)) {
            transaction.append(events);
            transaction.commit();
        }
    }

    void append(List<EventEnvelope> events) {
        writer.append(events);
    }

    void append(EventEnvelope... events) {
        writer.append(List.of(events));
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}

package dev.outbox.relay.internal.lease;

import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.TestEvents;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A session with a transaction that a test steps through. */
final class SteppedWriter implements AutoCloseable {

    private final Connection connection;
    private final OutboxWriter writer;
    private List<UUID> appended = List.of();

    SteppedWriter(DataSource database) throws SQLException {
        this.connection = database.getConnection();
        this.connection.setAutoCommit(false);
        this.writer = OutboxWriter.postgres(new SingleConnectionDataSource(connection, true));
    }

    /** Makes the transaction draw its id, as any earlier write of the business does. */
    SteppedWriter begin() throws SQLException {
        execute("select pg_current_xact_id()");
        return this;
    }

    SteppedWriter append(String aggregate, int events) {
        List<EventEnvelope> raised = Stream.generate(() -> TestEvents.event("orders", aggregate))
                .limit(events)
                .toList();
        writer.append(raised);
        appended = raised.stream().map(EventEnvelope::id).toList();
        return this;
    }

    /** {@return what was appended last} */
    List<UUID> appended() {
        return appended;
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}

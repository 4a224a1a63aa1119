package dev.outbox.chaos.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.chaos.Landscape;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.OutboxTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A session that has written events, of an account of its own, and then does nothing: idle in transaction until it is told
 * to commit. By then its transaction is older than all others.
 */
public final class IdleWriter implements AutoCloseable {

    private static final String ACCOUNT = "idle";
    private static final int EVENTS = 3;

    private final Connection connection;
    private boolean hasCommitted;

    private IdleWriter(Connection connection) {
        this.connection = connection;
    }

    /** Begins its transaction and writes its events. */
    public static IdleWriter start(Landscape landscape) throws SQLException {
        Connection connection = landscape.dataSource("idle-writer").getConnection();
        connection.setAutoCommit(false);
        DataSource session = new SingleConnectionDataSource(connection, true);
        OutboxWriter.on(DatabaseProduct.of(session), session, OutboxTables.ON_SEARCH_PATH)
                .append(LongStream.rangeClosed(1, EVENTS)
                        .mapToObj(number -> change(number, JdbcClient.create(session), landscape.topic()))
                        .toList());
        return new IdleWriter(connection);
    }

    /** {@return whether it could commit, now or before; its session ends with the server} */
    public boolean commit() {
        if (hasCommitted) {
            return true;
        }
        try {
            connection.commit();
            hasCommitted = true;
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static EventEnvelope change(long number, JdbcClient jdbc, String topic) {
        UUID change = UUID.randomUUID();
        Bank.enter(jdbc, ACCOUNT, number, change, false);
        String json = """
                {"account": "%s", "number": %d, "change": "%s", "padding": ""}""".formatted(ACCOUNT, number, change);
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("AccountChanged", 1),
                new AggregateRef("Account", ACCOUNT),
                topic,
                "/idle-writer",
                Instant.now(),
                EventPayload.json(json.getBytes(UTF_8)),
                Map.of());
    }
}

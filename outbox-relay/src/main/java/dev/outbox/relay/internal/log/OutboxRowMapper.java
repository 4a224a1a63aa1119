package dev.outbox.relay.internal.log;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.setup.UtcColumn;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.schema.HeadersJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Reads an event from a result set whose columns have the names of those of {@code outbox_event}. Thread-safe. */
public final class OutboxRowMapper implements RowMapper<OutboxRow> {

    /** What {@link #mapRow} reads, as a statement selects it from the outbox or from the parked events. */
    public static final String COLUMNS = """
            seq, aggregate_seq, id, type, version, aggregatetype, aggregateid,
            topic, source, created_at, contenttype, headers, payload""";

    private final HeadersJson headersJson = new HeadersJson();
    private final Column<UUID> id;
    private final Column<Instant> time;

    private OutboxRowMapper(Column<UUID> id, Column<Instant> time) {
        this.id = id;
        this.time = time;
    }

    /** Reads the types of PostgreSQL. */
    public OutboxRowMapper() {
        this(
                row -> row.getObject("id", UUID.class),
                row -> row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    /** {@return a mapper where ids are text, and times are without a zone, in UTC} */
    public static OutboxRowMapper portable() {
        return new OutboxRowMapper(
                row -> UUID.fromString(row.getString("id")), row -> UtcColumn.read(row, "created_at"));
    }

    @Override
    public OutboxRow mapRow(ResultSet row, int rowNumber) throws SQLException {
        EventEnvelope event = new EventEnvelope(
                id.of(row),
                new EventType(row.getString("type"), row.getInt("version")),
                new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid")),
                row.getString("topic"),
                row.getString("source"),
                time.of(row),
                EventPayload.of(row.getString("contenttype"), row.getBytes("payload")),
                headersJson.read(row.getString("headers")));
        return new OutboxRow(row.getLong("seq"), row.getLong("aggregate_seq"), event);
    }

    @FunctionalInterface
    private interface Column<T> {

        T of(ResultSet row) throws SQLException;
    }
}

package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.schema.HeadersJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;

/** Reads a row of a stream. Thread-safe. */
final class JdbcStreamRows implements RowMapper<StreamRow> {

    static final String COLUMNS =
            "aggregate_seq, id, type, version, aggregatetype, aggregateid, created_at, contenttype, headers, payload";

    private final HeadersJson headersJson = new HeadersJson();

    @Override
    public StreamRow mapRow(ResultSet row, int rowNumber) throws SQLException {
        return new StreamRow(
                row.getObject("id", UUID.class),
                new AggregateRef(row.getString("aggregatetype"), row.getString("aggregateid")),
                row.getLong("aggregate_seq"),
                new EventType(row.getString("type"), row.getInt("version")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                headersJson.read(row.getString("headers")),
                EventPayload.of(row.getString("contenttype"), row.getBytes("payload")));
    }
}

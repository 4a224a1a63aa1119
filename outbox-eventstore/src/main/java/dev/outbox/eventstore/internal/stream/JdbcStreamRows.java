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

/**
 * Reads the rows of a stream.
 *
 * @param stream which the rows need not name again
 */
record JdbcStreamRows(AggregateRef stream) implements RowMapper<StreamRow> {

    static final String COLUMNS = "aggregate_seq, id, type, version, created_at, contenttype, headers, payload";

    private static final HeadersJson HEADERS = new HeadersJson();

    @Override
    public StreamRow mapRow(ResultSet row, int rowNumber) throws SQLException {
        return new StreamRow(
                row.getObject("id", UUID.class),
                stream,
                row.getLong("aggregate_seq"),
                new EventType(row.getString("type"), row.getInt("version")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                HEADERS.read(row.getString("headers")),
                EventPayload.of(row.getString("contenttype"), row.getBytes("payload")));
    }
}

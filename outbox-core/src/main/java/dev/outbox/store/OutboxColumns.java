package dev.outbox.store;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Where the columns of {@code outbox_event} stand in a result set. They are looked for once: a page has thousands of rows,
 * and finding their names in each takes a good part of reading it.
 */
record OutboxColumns(
        int seq,
        int aggregateSeq,
        int id,
        int type,
        int version,
        int aggregateType,
        int aggregateId,
        int topic,
        int source,
        int time,
        int contentType,
        int headers,
        int payload) {

    private static final HeadersJson HEADERS_JSON = new HeadersJson();

    static OutboxColumns of(ResultSet resultSet) throws SQLException {
        return new OutboxColumns(
                resultSet.findColumn("seq"),
                resultSet.findColumn("aggregate_seq"),
                resultSet.findColumn("id"),
                resultSet.findColumn("type"),
                resultSet.findColumn("version"),
                resultSet.findColumn("aggregatetype"),
                resultSet.findColumn("aggregateid"),
                resultSet.findColumn("topic"),
                resultSet.findColumn("source"),
                resultSet.findColumn("created_at"),
                resultSet.findColumn("contenttype"),
                resultSet.findColumn("headers"),
                resultSet.findColumn("payload"));
    }

    /** {@return whether the statement has left the payload of this row out} */
    boolean isWithoutPayload(ResultSet row) throws SQLException {
        return row.getBytes(payload) == null;
    }

    OutboxRow read(ResultSet row) throws SQLException {
        EventEnvelope event = new EventEnvelope(
                row.getObject(id, UUID.class),
                new EventType(row.getString(type), row.getInt(version)),
                new AggregateRef(row.getString(aggregateType), row.getString(aggregateId)),
                row.getString(topic),
                row.getString(source),
                row.getObject(time, OffsetDateTime.class).toInstant(),
                EventPayload.of(row.getString(contentType), row.getBytes(payload)),
                HEADERS_JSON.read(row.getString(headers)));
        return new OutboxRow(row.getLong(seq), row.getLong(aggregateSeq), event);
    }
}

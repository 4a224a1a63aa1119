package dev.outbox.relay.internal.replication;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.schema.HeadersJson;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads an event from the binary values of a row of {@code outbox_event}, by the names of its columns. Thread-safe. */
final class StreamedRow {

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** The binary form of jsonb begins with the number of its version. */
    private static final int JSONB_VERSION = 1;

    private final HeadersJson headersJson = new HeadersJson();

    long xid(Map<String, ByteBuffer> row) {
        return value(row, "xid").getLong(0);
    }

    int bucket(Map<String, ByteBuffer> row) {
        return value(row, "bucket").getShort(0);
    }

    OutboxRow read(Map<String, ByteBuffer> row) {
        ByteBuffer id = value(row, "id");
        EventEnvelope event = new EventEnvelope(
                new UUID(id.getLong(0), id.getLong(Long.BYTES)),
                new EventType(text(row, "type"), value(row, "version").getInt(0)),
                new AggregateRef(text(row, "aggregatetype"), text(row, "aggregateid")),
                text(row, "topic"),
                text(row, "source"),
                POSTGRES_EPOCH.plus(value(row, "created_at").getLong(0), ChronoUnit.MICROS),
                EventPayload.of(text(row, "contenttype"), bytes(value(row, "payload"))),
                headersJson.read(headers(row)));
        return new OutboxRow(
                value(row, "seq").getLong(0), value(row, "aggregate_seq").getLong(0), event);
    }

    private static String text(Map<String, ByteBuffer> row, String column) {
        return new String(bytes(value(row, column)), StandardCharsets.UTF_8);
    }

    private static @Nullable String headers(Map<String, ByteBuffer> row) {
        ByteBuffer value = row.get("headers");
        return value == null
                ? null
                : StandardCharsets.UTF_8
                        .decode(value.slice(JSONB_VERSION, value.remaining() - JSONB_VERSION))
                        .toString();
    }

    private static ByteBuffer value(Map<String, ByteBuffer> row, String column) {
        ByteBuffer value = row.get(column);
        if (value == null) {
            throw new IllegalStateException("The stream contains a row of outbox_event without column " + column);
        }
        return value;
    }

    private static byte[] bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.get(0, bytes);
        return bytes;
    }
}

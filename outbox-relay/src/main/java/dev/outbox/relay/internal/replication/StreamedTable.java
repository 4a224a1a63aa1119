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
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partition of {@code outbox_event} as the stream has described it, and the binary values of its rows. For use by a single thread.
 */
final class StreamedTable {

    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    /** The binary form of jsonb begins with the number of its version. */
    private static final int JSONB_VERSION = 1;

    private final @Nullable StreamedColumn[] columns;
    private final HeadersJson headersJson = new HeadersJson();
    private final RepeatedText type = new RepeatedText();
    private final RepeatedText aggregateType = new RepeatedText();
    private final RepeatedText topic = new RepeatedText();
    private final RepeatedText source = new RepeatedText();
    private final RepeatedText contentType = new RepeatedText();

    /**
     * @param columns names of all columns, in the order of the values of a row
     */
    StreamedTable(List<String> columns) {
        this.columns = columns.stream().map(StreamedColumn::of).toArray(StreamedColumn[]::new);
    }

    /** {@return the row whose values follow in the message} */
    StreamedRow row(ByteBuffer message) {
        int[] values = new int[2 * StreamedColumn.COUNT];
        Arrays.fill(values, -1);
        int count = message.getShort();
        for (int i = 0; i < count; i++) {
            char kind = (char) message.get();
            if (kind == 'n') {
                continue;
            }
            if (kind != 'b') {
                throw new IllegalStateException("The stream contains a value of kind '%s'".formatted(kind));
            }
            int length = message.getInt();
            int start = message.position();
            message.position(start + length);
            StreamedColumn column = columns[i];
            if (column != null) {
                values[2 * column.place()] = start;
                values[2 * column.place() + 1] = length;
            }
        }
        return new StreamedRow(this, message, values);
    }

    OutboxRow read(StreamedRow row) {
        EventEnvelope event = new EventEnvelope(
                new UUID(row.int64(StreamedColumn.ID), row.int64(StreamedColumn.ID, Long.BYTES)),
                new EventType(row.text(StreamedColumn.TYPE, type), row.int32(StreamedColumn.VERSION)),
                new AggregateRef(
                        row.text(StreamedColumn.AGGREGATETYPE, aggregateType), row.text(StreamedColumn.AGGREGATEID)),
                row.text(StreamedColumn.TOPIC, topic),
                row.text(StreamedColumn.SOURCE, source),
                POSTGRES_EPOCH.plus(row.int64(StreamedColumn.CREATED_AT), ChronoUnit.MICROS),
                EventPayload.of(row.text(StreamedColumn.CONTENTTYPE, contentType), row.bytes(StreamedColumn.PAYLOAD)),
                headersJson.read(headers(row)));
        return new OutboxRow(row.int64(StreamedColumn.SEQ), row.int64(StreamedColumn.AGGREGATE_SEQ), event);
    }

    private static @Nullable String headers(StreamedRow row) {
        if (row.isNull(StreamedColumn.HEADERS)) {
            return null;
        }
        byte[] jsonb = row.bytes(StreamedColumn.HEADERS);
        return new String(jsonb, JSONB_VERSION, jsonb.length - JSONB_VERSION, StandardCharsets.UTF_8);
    }
}

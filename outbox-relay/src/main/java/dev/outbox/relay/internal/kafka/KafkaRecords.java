package dev.outbox.relay.internal.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.broker.OutboxRow;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Rows as Kafka records: CloudEvents in the binary content mode, the aggregate id as key, the payload untouched. For use by
 * a single thread.
 */
final class KafkaRecords {

    private static final byte[] SPEC_VERSION = EventHeaders.SPEC_VERSION_VALUE.getBytes(UTF_8);

    /** A record without key, value and headers, in its own batch, as Kafka's client estimates it. */
    private static final long RECORD_OVERHEAD = 128;

    /** Lengths are written as varints. */
    private static final long LENGTH_OVERHEAD = 5;

    /** An upper limit for the attributes that every event has, given the widths of their columns. */
    private static final long ATTRIBUTES = 8 * 1024;

    /** UTF-8 has at most three bytes per char. */
    private static final long BYTES_PER_CHAR = 3;

    private final TimeHeader timeHeader = new TimeHeader();

    ProducerRecord<byte[], byte[]> of(OutboxRow row) {
        EventEnvelope event = row.event();
        byte[] key = event.aggregate().id().getBytes(UTF_8);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(event.topic(), key, event.payload().bytes());
        Headers headers = record.headers();
        headers.add(EventHeaders.SPEC_VERSION, SPEC_VERSION);
        add(headers, EventHeaders.ID, event.id().toString());
        add(headers, EventHeaders.SOURCE, event.source());
        add(headers, EventHeaders.TYPE, event.type().name());
        headers.add(EventHeaders.SUBJECT, key);
        headers.add(EventHeaders.TIME, timeHeader.of(event.time()));
        add(headers, EventHeaders.DATA_VERSION, Integer.toString(event.type().version()));
        add(headers, EventHeaders.SEQUENCE, Long.toString(row.aggregateSeq()));
        add(headers, EventHeaders.CONTENT_TYPE, event.payload().contentType());
        event.headers().forEach((name, value) -> add(headers, name, value));
        return record;
    }

    /** {@return an upper limit for the size of the row's record, without building it} */
    static long roughSize(OutboxRow row) {
        long size = ATTRIBUTES + row.event().payload().size();
        for (Map.Entry<String, String> header : row.event().headers().entrySet()) {
            size += 2 * LENGTH_OVERHEAD
                    + BYTES_PER_CHAR
                            * (header.getKey().length() + header.getValue().length());
        }
        return size;
    }

    /** {@return the size of the record, rounded up, never less than Kafka's own estimate} */
    static long size(ProducerRecord<byte[], byte[]> record) {
        long size = RECORD_OVERHEAD + record.key().length + record.value().length;
        for (Header header : record.headers()) {
            size += 2 * LENGTH_OVERHEAD + header.key().getBytes(UTF_8).length + header.value().length;
        }
        return size;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}

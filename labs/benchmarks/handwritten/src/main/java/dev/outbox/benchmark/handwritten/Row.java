package dev.outbox.benchmark.handwritten;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * A row as it is read.
 *
 * @param id of the row
 * @param eventId of the event
 * @param key of the aggregate
 * @param type of the event
 * @param time of the event
 * @param payload of the event
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares rows
record Row(long id, String eventId, String key, String type, Instant time, byte[] payload) {

    private static final byte[] SPEC_VERSION = "1.0".getBytes(UTF_8);
    private static final byte[] SOURCE = "/handwritten".getBytes(UTF_8);
    private static final byte[] VERSION = "1".getBytes(UTF_8);
    private static final byte[] JSON = "application/json".getBytes(UTF_8);

    /** {@return the record, with as many headers as the outbox's own have} */
    ProducerRecord<byte[], byte[]> cloudEvent(String topic) {
        ProducerRecord<byte[], byte[]> message = bare(topic);
        Headers headers = message.headers();
        headers.add("ce_specversion", SPEC_VERSION);
        headers.add("ce_source", SOURCE);
        headers.add("ce_subject", message.key());
        headers.add("ce_time", time.toString().getBytes(UTF_8));
        headers.add("ce_dataversion", VERSION);
        headers.add("ce_sequence", Long.toString(id).getBytes(UTF_8));
        headers.add("content-type", JSON);
        return message;
    }

    /** {@return the record with identity and type, and nothing else} */
    ProducerRecord<byte[], byte[]> bare(String topic) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key.getBytes(UTF_8), payload);
        message.headers().add("ce_id", eventId.getBytes(UTF_8));
        message.headers().add("ce_type", type.getBytes(UTF_8));
        return message;
    }
}

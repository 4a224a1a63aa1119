package dev.outbox.benchmark.handwritten;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A row as it is sent.
 *
 * @param id of the row
 * @param message for the broker
 */
record Row(long id, ProducerRecord<byte[], byte[]> message) {

    static Row of(long id, String topic, String key, byte[] payload, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(topic, key.getBytes(UTF_8), payload);
        headers.forEach((name, value) -> message.headers().add(name, value.getBytes(UTF_8)));
        return new Row(id, message);
    }
}

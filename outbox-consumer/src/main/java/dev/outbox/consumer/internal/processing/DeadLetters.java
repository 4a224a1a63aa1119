package dev.outbox.consumer.internal.processing;

import dev.outbox.consumer.internal.handler.EventHandlingException;
import dev.outbox.consumer.internal.processing.Failures.Decision.GiveUp;
import dev.outbox.consumer.internal.record.InboxRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Sends records that were given up to the dead-letter topic. They are sent as they arrived, with the headers in which Spring
 * Kafka says where a record came from and why it was given up. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

    private final DefaultKafkaProducerFactory<byte[], byte[]> producers;
    private final KafkaOperations<byte[], byte[]> kafka;
    private final String suffix;
    private final Duration patience;

    public DeadLetters(DefaultKafkaProducerFactory<byte[], byte[]> producers, String suffix, Duration patience) {
        this.producers = producers;
        this.kafka = new KafkaTemplate<>(producers);
        this.suffix = suffix;
        this.patience = patience;
    }

    /**
     * Returns once the broker has the record. After a crash before the offset is committed, the record is sent again.
     *
     * @throws RefusedLetterException if the broker does not accept it
     */
    public void send(String consumer, InboxRecord received, Throwable failure, GiveUp decision) {
        ConsumerRecord<?, byte[]> original = received.kafkaRecord();
        byte[] key = original.key() instanceof byte[] bytes ? bytes : null;
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(original.topic() + suffix, null, key, original.value(), original.headers());
        describe(letter.headers(), consumer, original, failure, decision);
        try {
            kafka.send(letter).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RefusedLetterException(received, letter.topic(), interrupted);
        } catch (ExecutionException refused) {
            throw new RefusedLetterException(received, letter.topic(), refused.getCause());
        } catch (TimeoutException | RuntimeException refused) {
            throw new RefusedLetterException(received, letter.topic(), refused);
        }
    }

    @Override
    public void close() {
        producers.destroy();
    }

    private static void describe(
            Headers headers, String consumer, ConsumerRecord<?, byte[]> original, Throwable failure, GiveUp decision) {
        Throwable cause =
                failure instanceof EventHandlingException && failure.getCause() != null ? failure.getCause() : failure;
        set(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC, original.topic());
        set(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP, consumer);
        set(headers, KafkaHeaders.DLT_EXCEPTION_FQCN, cause.getClass().getName());
        set(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE, decision.reason());
        set(headers, "kafka_dlt-attempts", Integer.toString(decision.attempts()));
        set(
                headers,
                KafkaHeaders.DLT_ORIGINAL_PARTITION,
                ByteBuffer.allocate(Integer.BYTES).putInt(original.partition()).array());
        set(
                headers,
                KafkaHeaders.DLT_ORIGINAL_OFFSET,
                ByteBuffer.allocate(Long.BYTES).putLong(original.offset()).array());
        set(
                headers,
                KafkaHeaders.DLT_ORIGINAL_TIMESTAMP,
                ByteBuffer.allocate(Long.BYTES).putLong(original.timestamp()).array());
    }

    private static void set(Headers headers, String name, byte[] value) {
        headers.remove(name).add(name, value);
    }

    private static void set(Headers headers, String name, String text) {
        set(headers, name, text.getBytes(StandardCharsets.UTF_8));
    }
}

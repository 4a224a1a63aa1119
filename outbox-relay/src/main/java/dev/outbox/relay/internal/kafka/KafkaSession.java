package dev.outbox.relay.internal.kafka;

import dev.outbox.event.EventHeaders;
import dev.outbox.relay.broker.Acks;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * The life of one producer, up to its first failure.
 *
 * <ol>
 *   <li>A record fails. Its callback runs on the producer's I/O thread, between two rounds of sending.
 *   <li>The callback marks the session as failed, so that nothing more is handed to the producer.
 *   <li>It closes the producer without waiting, still inside the callback: the I/O thread ends before its next round, so
 *       what the producer already holds, perhaps later events of the same key, is not sent.
 *   <li>Nothing is on the wire after the failed record, because there is only one request at a time.
 * </ol>
 */
final class KafkaSession {

    private final Producer<byte[], byte[]> producer;
    private final KafkaProducerRecipe recipe;
    private final KafkaTopics topics;
    private final Runnable meters;
    private final KafkaRecords records = new KafkaRecords();
    private final AtomicReference<@Nullable PublishingFailedException> failure = new AtomicReference<>();

    KafkaSession(
            Producer<byte[], byte[]> producer,
            KafkaProducerRecipe recipe,
            KafkaTopics topics,
            KafkaClientMeters meters) {
        this.producer = producer;
        this.recipe = recipe;
        this.topics = topics;
        this.meters = meters.show(producer);
    }

    void check(List<OutboxRow> rows) {
        // Asked for each page: the client forgets topics that have been idle, and would wait for them while sending.
        Set<String> knownTopics = new HashSet<>();
        for (OutboxRow row : rows) {
            checkSize(row);
            checkHeaders(row);
            if (knownTopics.add(row.event().topic())) {
                topics.require(row.event().topic(), producer);
            }
        }
    }

    private void checkSize(OutboxRow row) {
        long max = recipe.maxRecordSize();
        // The cheap estimate first: most events are far from the limit, and building a record twice costs time.
        if (KafkaRecords.roughSize(row) <= max) {
            return;
        }
        long size = KafkaRecords.size(records.of(row));
        if (size > max) {
            throw new UnpublishableEventException(
                    row,
                    ("it is %d bytes with its headers, more than the %d of max.request.size and buffer.memory; raise"
                                    + " spring.kafka.producer.properties.max.request.size here and max.message.bytes of"
                                    + " topic '%s'")
                            .formatted(size, max, row.event().topic()),
                    null);
        }
    }

    private static void checkHeaders(OutboxRow row) {
        for (String name : row.event().headers().keySet()) {
            // A replay marks the events that it repeats with a header of the framework.
            if (EventHeaders.isReserved(name) && !name.equals(EventHeaders.REPLAY)) {
                throw new UnpublishableEventException(
                        row,
                        "its header '%s' has a name that is reserved for the framework; rename it".formatted(name),
                        null);
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback gets everything that the future would
    void send(OutboxRow row, Acks acks) {
        PublishingFailedException failed = failure.get();
        if (failed != null) {
            acks.failed(failed);
            return;
        }
        ProducerRecord<byte[], byte[]> record = records.of(row);
        try {
            producer.send(record, (metadata, exception) -> {
                if (exception == null) {
                    acks.acknowledged();
                } else {
                    fail(row, acks, exception);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            // The producer accepts nothing more: it was closed in a callback, or cannot go on.
            fail(row, acks, e);
        }
    }

    /** Closes the producer, and shows its metrics no longer. */
    void end() {
        close();
        meters.run();
    }

    private void close() {
        producer.close(Duration.ZERO);
    }

    private void fail(OutboxRow row, Acks acks, Exception cause) {
        PublishingFailedException known = failure.get();
        if (known != null) {
            acks.failed(known);
            return;
        }
        PublishingFailedException ours = failure(row, cause);
        PublishingFailedException first = failure.compareAndExchange(null, ours);
        if (first != null) {
            acks.failed(first);
            return;
        }
        try {
            close();
        } finally {
            acks.failed(ours);
        }
    }

    private PublishingFailedException failure(OutboxRow row, Exception cause) {
        // A producer that cannot go on wraps the exception that stopped it.
        for (Throwable answer = cause; answer != null; answer = answer.getCause()) {
            if (isAboutTheTopic(answer)) {
                String topic = row.event().topic();
                return new PublishingFailedException(
                        row,
                        cause,
                        new UnavailableTopicException(
                                topic, topics.reason(topic, String.valueOf(answer.getMessage()))));
            }
        }
        return new PublishingFailedException(row, cause, refusal(row, cause));
    }

    /** A user who may write to no topic at all gets no producer id, which the client requests before it asks for any topic. */
    private static boolean isAboutTheTopic(Throwable answer) {
        return KafkaTopics.isAboutTheTopic(answer) || answer instanceof ClusterAuthorizationException;
    }

    /** A failure that depends on the record alone happens again each time. */
    private static @Nullable UnpublishableEventException refusal(OutboxRow row, Exception cause) {
        boolean isRefused = cause instanceof RecordTooLargeException || cause instanceof InvalidRecordException;
        return isRefused
                ? new UnpublishableEventException(
                        row,
                        "Kafka refused it for topic '%s': %s Look at max.message.bytes of the topic."
                                .formatted(row.event().topic(), cause.getMessage()),
                        cause)
                : null;
    }
}

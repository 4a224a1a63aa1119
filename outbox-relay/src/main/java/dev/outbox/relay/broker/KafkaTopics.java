package dev.outbox.relay.broker;

import dev.outbox.store.OutboxRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which topics can be written to, as far as the broker says so. Tells an outage, in which nobody answers, from a topic
 * of which the broker says that it is not there, or not for this user. For one thread.
 */
final class KafkaTopics {

    /** A topic that is just being made is unknown for a moment, on a busy cluster for a long one. */
    private static final Duration UNKNOWN_FOR_SURE = Duration.ofSeconds(10);

    /** How long a verdict holds before the broker is asked again, which may take as long as a call may block. */
    private static final Duration VERDICT_HOLDS = Duration.ofSeconds(60);

    private final List<?> servers;
    private final LongSupplier nanos;
    private final Map<String, Long> unknownSince = new HashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();

    KafkaTopics(List<?> servers, LongSupplier nanos) {
        this.servers = servers;
        this.nanos = nanos;
    }

    /**
     * @throws UnpublishableEventException if the topic of the row cannot be written to
     * @throws BrokerUnavailableException if that is not known
     */
    void require(OutboxRow row, Producer<byte[], byte[]> producer) {
        String topic = row.event().topic();
        Verdict verdict = verdicts.get(topic);
        if (verdict != null && nanos.getAsLong() - verdict.givenAt() < VERDICT_HOLDS.toNanos()) {
            throw new UnpublishableEventException(row, verdict.reason(), verdict.cause());
        }
        try {
            producer.partitionsFor(topic);
            unknownSince.remove(topic);
            verdicts.remove(topic);
        } catch (KafkaException e) {
            throw isFinal(topic, e) ? refusal(row, e) : unavailable(topic, e);
        }
    }

    private boolean isFinal(String topic, KafkaException answer) {
        if (answer instanceof TopicAuthorizationException || answer instanceof InvalidTopicException) {
            return true;
        }
        if (answer instanceof UnknownTopicOrPartitionException
                || answer.getCause() instanceof UnknownTopicOrPartitionException) {
            long now = nanos.getAsLong();
            return now - unknownSince.computeIfAbsent(topic, first -> now) >= UNKNOWN_FOR_SURE.toNanos();
        }
        return false;
    }

    private UnpublishableEventException refusal(OutboxRow row, KafkaException answer) {
        String reason = ("Kafka at %s does not let this relay write to topic '%s' (%s); make the topic, or allow this"
                        + " user to describe and write it")
                .formatted(servers, row.event().topic(), answer.getMessage());
        verdicts.put(row.event().topic(), new Verdict(reason, answer, nanos.getAsLong()));
        return new UnpublishableEventException(row, reason, answer);
    }

    private BrokerUnavailableException unavailable(String topic, KafkaException answer) {
        return new BrokerUnavailableException(
                ("Kafka at %s does not tell about topic '%s' (%s); check that it can be reached and that the topic"
                                + " exists")
                        .formatted(servers, topic, answer.getMessage()),
                answer);
    }

    private record Verdict(String reason, Throwable cause, long givenAt) {}
}

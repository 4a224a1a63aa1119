package dev.outbox.relay.internal.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Checks that topics exist and accept the largest event. If a topic that the configuration names is missing, the relay does
 * not start. If a topic that the relay knows by itself is missing, it only warns, because the broker may create it when it
 * is written to.
 */
final class TopicsCheck implements StartCheck {

    /** What an event has in addition to its payload, in the record and in the batch around it. */
    private static final long HEADERS = 16 * 1024;

    private final TopicLimits limits;
    private final Set<String> required;
    private final Supplier<Set<String>> expected;
    private final long maxPayload;
    private final long maxRequest;

    /**
     * @param required topics that must exist
     * @param expected topics that events are known to go to
     * @param maxPayload bytes of the largest event that is captured
     * @param maxRequest bytes of the largest record that the producer accepts
     */
    TopicsCheck(
            TopicLimits limits,
            Set<String> required,
            Supplier<Set<String>> expected,
            long maxPayload,
            long maxRequest) {
        this.limits = limits;
        this.required = Set.copyOf(required);
        this.expected = expected;
        this.maxPayload = maxPayload;
        this.maxRequest = maxRequest;
    }

    @Override
    public List<Finding> findings() {
        Set<String> topics = new TreeSet<>(required);
        topics.addAll(expected.get());
        if (topics.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, OptionalLong> answers = limits.of(topics);
        answers.forEach((topic, limit) -> {
            if (limit.isEmpty()) {
                findings.add(missing(topic));
            } else if (limit.getAsLong() < maxPayload + HEADERS) {
                findings.add(Finding.notice(
                        ("Topic '%s' takes batches of at most %d bytes; events of up to %d bytes and their headers are"
                                        + " captured, and could not be published.")
                                .formatted(topic, limit.getAsLong(), maxPayload),
                        "Raise max.message.bytes of the topic, or lower outbox.capture.max-payload-size."));
            } else if (limit.getAsLong() < maxRequest) {
                findings.add(Finding.notice(
                        ("Topic '%s' takes batches of at most %d bytes, less than the %d of the producer's"
                                        + " max.request.size; an event between the two is found only when Kafka refuses it.")
                                .formatted(topic, limit.getAsLong(), maxRequest),
                        "Raise max.message.bytes of the topic, or lower"
                                + " spring.kafka.producer.properties.max.request.size."));
            }
        });
        return findings;
    }

    private Finding missing(String topic) {
        return required.contains(topic)
                ? Finding.fatal(
                        "Topic '%s' does not exist; its events could not be published.".formatted(topic),
                        "Create the topic, or take it out of outbox.relay.check.topics.")
                : Finding.notice(
                        "Topic '%s' does not exist; events that go there could not be published.".formatted(topic),
                        "Create the topic, unless the broker does so; name it in outbox.relay.check.topics if the relay"
                                + " should not start without it.");
    }
}

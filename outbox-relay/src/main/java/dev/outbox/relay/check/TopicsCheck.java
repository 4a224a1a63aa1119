package dev.outbox.relay.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Looks whether topics are there and take the largest event. */
final class TopicsCheck implements StartCheck {

    /** What an event has beside its payload, in the record and in the batch around it. */
    private static final long HEADERS = 16 * 1024;

    private final TopicLimits limits;
    private final Set<String> topics;
    private final long maxPayload;

    TopicsCheck(TopicLimits limits, Set<String> topics, long maxPayload) {
        this.limits = limits;
        this.topics = Set.copyOf(topics);
        this.maxPayload = maxPayload;
    }

    @Override
    public List<Finding> findings() {
        if (topics.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, OptionalLong> answers = limits.of(topics);
        answers.forEach((topic, limit) -> {
            if (limit.isEmpty()) {
                findings.add(Finding.fatal(
                        "Topic '%s' does not exist; its events could not be published.".formatted(topic),
                        "Create the topic, or take it out of outbox.relay.check.topics."));
            } else if (limit.getAsLong() < maxPayload + HEADERS) {
                findings.add(Finding.notice(
                        ("Topic '%s' takes batches of at most %d bytes; events of up to %d bytes and their headers are"
                                        + " captured, and could not be published.")
                                .formatted(topic, limit.getAsLong(), maxPayload),
                        "Raise max.message.bytes of the topic, or lower outbox.capture.max-payload-size."));
            }
        });
        return findings;
    }
}

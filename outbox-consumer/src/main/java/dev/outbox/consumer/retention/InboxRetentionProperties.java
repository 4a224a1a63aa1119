package dev.outbox.consumer.retention;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long guard event-id remembers applied events.
 *
 * @param enabled whether applied events are removed at all
 * @param keep how long applied events are remembered; must be longer than the topics can deliver them, which is
 *     retention.ms plus segment.ms, because Kafka removes whole segments
 * @param consumers further consumers whose events are removed, each with the topics that its records come from: those that
 *     code names when it calls the inbox API, and former names. The events of a consumer that is not listed stay
 * @param interval pause between two attempts to remove events
 * @param batchSize maximum number of events that one statement removes
 * @param shortWindow what to do at start if a topic can deliver events for longer: refuse to start, warn, or ignore it;
 *     unless it is ignored, nothing is removed as long as a topic can
 * @param timeout how long to wait for Kafka's answer about the topics; without an answer, the application starts anyway,
 *     and nothing is removed until there is one
 */
@ConfigurationProperties("outbox.inbox.retention")
record InboxRetentionProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("15d") Duration keep,
        @DefaultValue Map<String, List<String>> consumers,
        @DefaultValue("10m") Duration interval,
        @DefaultValue("5000") int batchSize,
        @DefaultValue("refuse") ShortWindow shortWindow,
        @DefaultValue("5s") Duration timeout) {

    /** What to do about a window that is too short. */
    public enum ShortWindow {
        /** Do not start. */
        REFUSE,
        /** Say so, and remove nothing. */
        WARN,
        /** Remove what is older, whatever the topics can deliver: what comes again after that is handled again. */
        IGNORE
    }

    /**
     * @throws IllegalArgumentException if a value is not positive
     */
    public InboxRetentionProperties {
        requirePositive("keep", keep);
        consumers = Map.copyOf(consumers);
        consumers.forEach((consumer, topics) -> {
            if (topics.isEmpty()) {
                throw new IllegalArgumentException(
                        "outbox.inbox.retention.consumers.%s names no topic".formatted(consumer));
            }
        });
        requirePositive("interval", interval);
        requirePositive("timeout", timeout);
        if (batchSize < 1) {
            throw new IllegalArgumentException(
                    "outbox.inbox.retention.batch-size is %d; it must be at least 1".formatted(batchSize));
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "outbox.inbox.retention.%s is %s; it must be at least 1ms".formatted(name, value));
        }
    }
}

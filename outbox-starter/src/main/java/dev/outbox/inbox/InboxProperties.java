package dev.outbox.inbox;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How domain events are consumed.
 *
 * @param enabled whether events are consumed at all
 * @param group consumer group, and name of the consumer in the inbox table; by default spring.kafka.consumer.group-id,
 *     else spring.application.name. Under another name, every event that is still on the topics counts as new
 * @param topics topics to consume; by default those of the events that have a handler
 * @param concurrency number of threads; the partitions of the topics are shared among them
 * @param retry what happens after a failure
 */
@ConfigurationProperties("outbox.inbox")
public record InboxProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String group,
        @DefaultValue List<String> topics,
        @DefaultValue("1") int concurrency,
        @DefaultValue Retry retry) {

    /**
     * @throws IllegalArgumentException if the concurrency is not positive
     */
    public InboxProperties {
        require(concurrency > 0, "concurrency", concurrency, "must be at least 1");
        topics = List.copyOf(topics);
    }

    /**
     * A failed event is tried again until it succeeds; its partition waits for it.
     *
     * @param initialInterval pause after the first failure
     * @param multiplier how much longer each pause is than the one before
     * @param maxInterval longest pause; must stay well below the consumer's max.poll.interval.ms
     */
    public record Retry(
            @DefaultValue("200ms") Duration initialInterval,
            @DefaultValue("2") double multiplier,
            @DefaultValue("10s") Duration maxInterval) {

        /**
         * @throws IllegalArgumentException if a value makes no growing pauses
         */
        public Retry {
            require(initialInterval.toMillis() > 0, "retry.initial-interval", initialInterval, "must be at least 1ms");
            require(multiplier >= 1, "retry.multiplier", multiplier, "must be at least 1");
            require(
                    maxInterval.compareTo(initialInterval) >= 0,
                    "retry.max-interval",
                    maxInterval,
                    "must not be shorter than retry.initial-interval");
        }
    }

    private static void require(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new IllegalArgumentException("outbox.inbox.%s is %s; it %s".formatted(name, value, rule));
        }
    }
}

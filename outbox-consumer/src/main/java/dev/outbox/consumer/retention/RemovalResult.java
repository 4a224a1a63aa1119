package dev.outbox.consumer.retention;

import java.time.Duration;
import java.util.Map;

/**
 * The result of one run of the retention.
 *
 * @since 0.1.0
 */
public sealed interface RemovalResult {

    /**
     * Events that were old enough were removed.
     *
     * @param events how many events
     */
    record Removed(long events) implements RemovalResult {}

    /** Another instance is running the retention. */
    record Elsewhere() implements RemovalResult {}

    /**
     * Nothing was removed, because topics can still deliver what would be removed.
     *
     * @param topics the topics, and for how long they can deliver
     */
    record Needed(Map<String, Duration> topics) implements RemovalResult {

        /** Keeps an unmodifiable copy. */
        public Needed {
            topics = Map.copyOf(topics);
        }
    }
}

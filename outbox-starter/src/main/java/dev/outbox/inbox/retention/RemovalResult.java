package dev.outbox.inbox.retention;

import java.time.Duration;
import java.util.Map;

/** What one run of the retention came to. */
public sealed interface RemovalResult {

    /**
     * What was old enough is removed.
     *
     * @param events how many
     */
    record Removed(long events) implements RemovalResult {}

    /** Another instance is at it. */
    record Elsewhere() implements RemovalResult {}

    /**
     * Nothing is removed, as topics can still deliver what would be.
     *
     * @param topics for how long
     */
    record Needed(Map<String, Duration> topics) implements RemovalResult {

        /** Keeps an unmodifiable copy. */
        public Needed {
            topics = Map.copyOf(topics);
        }
    }
}

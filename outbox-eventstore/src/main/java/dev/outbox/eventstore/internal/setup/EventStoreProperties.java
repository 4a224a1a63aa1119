package dev.outbox.eventstore.internal.setup;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the event store.
 *
 * @param enabled whether there is an event store
 * @param stored aggregate types whose events are stored and published, in addition to those of classes with @EventSourced
 * @param unpublished aggregate types whose events are stored and not published, in addition to those of classes with @EventSourced
 * @param retry what a command does when another one was faster
 * @param snapshot how snapshots are verified
 * @param keyCache how long keys of personal data are remembered
 */
@ConfigurationProperties("outbox.eventstore")
public record EventStoreProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> stored,
        @DefaultValue List<String> unpublished,
        @DefaultValue Retry retry,
        @DefaultValue Snapshot snapshot,
        @DefaultValue KeyCache keyCache) {

    /** Keeps unmodifiable copies. */
    public EventStoreProperties {
        stored = List.copyOf(stored);
        unpublished = List.copyOf(unpublished);
    }

    /**
     * What a command does when another one was faster.
     *
     * @param attempts how often it is tried, the first time included
     * @param initialInterval longest wait before the second attempt; it doubles with each one
     * @param maxInterval longest wait before any attempt
     */
    public record Retry(
            @DefaultValue("10") int attempts,
            @DefaultValue("5ms") Duration initialInterval,
            @DefaultValue("200ms") Duration maxInterval) {

        /**
         * @throws IllegalArgumentException if a command would never be tried
         */
        public Retry {
            if (attempts < 1) {
                throw new IllegalArgumentException(
                        "outbox.eventstore.retry.attempts %d must be positive".formatted(attempts));
            }
        }
    }

    /**
     * How long keys of personal data are remembered.
     *
     * @param size how many keys are remembered
     * @param timeToLive how long each of them is; what another instance has forgotten is read for that long at most
     */
    public record KeyCache(
            @DefaultValue("10000") int size,
            @DefaultValue("1m") Duration timeToLive) {

        /**
         * @throws IllegalArgumentException if one of them is negative
         */
        public KeyCache {
            if (size < 0 || timeToLive.isNegative()) {
                throw new IllegalArgumentException("outbox.eventstore.key-cache must not be negative");
            }
        }
    }

    /**
     * How snapshots are verified.
     *
     * @param verifyOneIn of so many loads with a snapshot, one is compared with its whole stream; 0 for none
     */
    public record Snapshot(@DefaultValue("1000") int verifyOneIn) {

        /**
         * @throws IllegalArgumentException if it is negative
         */
        public Snapshot {
            if (verifyOneIn < 0) {
                throw new IllegalArgumentException(
                        "outbox.eventstore.snapshot.verify-one-in %d must not be negative".formatted(verifyOneIn));
            }
        }
    }
}

package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;
import java.util.Map;

/**
 * Where events were appended. Valid once the transaction has committed.
 *
 * @param versions the new version of each stream that was appended to
 * @param transaction the transaction that has written them, as the database counts it
 * @param lastSeq the highest {@code seq} among them, their place among the events of all streams
 * @since 0.1.0
 */
public record Appended(Map<AggregateRef, Long> versions, long transaction, long lastSeq) {

    /** Keeps an unmodifiable copy of the versions. */
    public Appended {
        versions = Map.copyOf(versions);
    }

    /**
     * {@return the new version of the only stream}
     *
     * @throws IllegalStateException if events were appended to several streams
     */
    public long version() {
        if (versions.size() != 1) {
            throw new IllegalStateException("Events were appended to several streams: %s".formatted(versions.keySet()));
        }
        return versions.values().iterator().next();
    }

    /**
     * {@return the new version of a stream}
     *
     * @throws IllegalArgumentException if no event was appended to it
     */
    public long versionOf(AggregateRef stream) {
        Long version = versions.get(stream);
        if (version == null) {
            throw new IllegalArgumentException("No event was appended to %s".formatted(stream));
        }
        return version;
    }
}

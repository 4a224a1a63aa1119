package dev.outbox.inbox.guard;

import org.jspecify.annotations.Nullable;

/**
 * An event before a guard. Immutable.
 *
 * @param topic where it comes from
 * @param source who raised it, CloudEvents {@code source}; empty if the producer leaves it out
 * @param id identity of the event within its source
 * @param type what happened
 * @param aggregateId identity of its aggregate; null if the producer leaves it out
 * @param sequence dense number within the aggregate; null if the producer does not count
 */
public record GuardedEvent(
        String topic,
        String source,
        String id,
        String type,
        @Nullable String aggregateId,
        @Nullable Long sequence) {

    /** An event of a producer that does not count. */
    public GuardedEvent(String topic, String source, String id, String type) {
        this(topic, source, id, type, null, null);
    }

    /** {@return type and id, to name the event in messages} */
    @Override
    public String toString() {
        return type + " (" + id + ")";
    }
}

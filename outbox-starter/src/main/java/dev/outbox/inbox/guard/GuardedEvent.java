package dev.outbox.inbox.guard;

import java.time.Instant;
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
 * @param former what an earlier release has entered it as, or null
 */
public record GuardedEvent(
        String topic,
        String source,
        String id,
        String type,
        @Nullable String aggregateId,
        @Nullable Long sequence,
        @Nullable Former former) {

    /** An event that has always had its id. */
    public GuardedEvent(
            String topic,
            String source,
            String id,
            String type,
            @Nullable String aggregateId,
            @Nullable Long sequence) {
        this(topic, source, id, type, aggregateId, sequence, null);
    }

    /** An event of a producer that does not count. */
    public GuardedEvent(String topic, String source, String id, String type) {
        this(topic, source, id, type, null, null, null);
    }

    /**
     * {@return the same event, which earlier releases have known by another id}
     *
     * @param formerId the id within its source
     * @param since when it came to be; what was entered under that id before is another event
     */
    public GuardedEvent formerly(String formerId, Instant since) {
        return new GuardedEvent(topic, source, id, type, aggregateId, sequence, new Former(formerId, since));
    }

    /** {@return type and id, to name the event in messages} */
    @Override
    public String toString() {
        return type + " (" + id + ")";
    }

    /**
     * Another id under which an event may have been entered.
     *
     * @param id the id within its source
     * @param since when the event came to be
     */
    public record Former(String id, Instant since) {}
}

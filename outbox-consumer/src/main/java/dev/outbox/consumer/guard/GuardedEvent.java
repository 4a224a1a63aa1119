package dev.outbox.consumer.guard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as a guard sees it. Immutable.
 *
 * @param topic where it comes from
 * @param source who raised it, CloudEvents {@code source}; empty if the producer leaves it out
 * @param id identity of the event within its source
 * @param type what happened
 * @param aggregateId identity of its aggregate; null if the producer leaves it out
 * @param sequence its place within the aggregate; null if the producer does not count
 * @param former the id under which an earlier release may have entered it, or null
 * @since 0.1.0
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

    /** An event of a producer that does not count its events. */
    public GuardedEvent(String topic, String source, String id, String type) {
        this(topic, source, id, type, null, null, null);
    }

    /**
     * {@return the same event, which earlier releases knew by another id}
     *
     * @param formerId the id within its source
     * @param since when it was created; what was entered under that id before is another event
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
     * @param since when the event was created
     */
    public record Former(String id, Instant since) {}
}

package dev.outbox.relay.replay;

import dev.outbox.event.AggregateRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Some of the events that the outbox still retains. Narrowed down step by step:
 * {@code EventSelection.all().from(monday).ofKey("order-1")}.
 *
 * @param from excludes events raised before, or null
 * @param until excludes events not raised before, or null
 * @param aggregateType kind of their aggregate, or null
 * @param aggregateId id of their aggregate, which is the key of their records, or null
 * @param type what happened, without the version, or null
 * @since 0.1.0
 */
public record EventSelection(
        @Nullable Instant from,
        @Nullable Instant until,
        @Nullable String aggregateType,
        @Nullable String aggregateId,
        @Nullable String type) {

    /**
     * @throws IllegalArgumentException if the end is not after the beginning
     */
    public EventSelection {
        if (from != null && until != null && !until.isAfter(from)) {
            throw new IllegalArgumentException("until (%s) is not after from (%s)".formatted(until, from));
        }
    }

    /** {@return all that is retained} */
    public static EventSelection all() {
        return new EventSelection(null, null, null, null, null);
    }

    /** {@return those raised at this time or later, by the clocks of the services} */
    public EventSelection from(Instant time) {
        return new EventSelection(time, until, aggregateType, aggregateId, type);
    }

    /** {@return those raised before this time, by the clocks of the services} */
    public EventSelection until(Instant time) {
        return new EventSelection(from, time, aggregateType, aggregateId, type);
    }

    /** {@return those of all aggregates of one kind} */
    public EventSelection ofAggregates(String kind) {
        return new EventSelection(from, until, kind, aggregateId, type);
    }

    /** {@return those of one aggregate} */
    public EventSelection ofAggregate(AggregateRef aggregate) {
        return new EventSelection(from, until, aggregate.type(), aggregate.id(), type);
    }

    /** {@return those whose records have this key, whatever the kind of their aggregate} */
    public EventSelection ofKey(String key) {
        return new EventSelection(from, until, aggregateType, key, type);
    }

    /** {@return those of one type, whatever its version} */
    public EventSelection ofType(String name) {
        return new EventSelection(from, until, aggregateType, aggregateId, name);
    }
}

package dev.outbox.relay.events;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to look for. Narrowed down step by step: {@code EventSearch.between(from, until).ofKey("order-1")}.
 *
 * @param from excludes events raised before
 * @param until excludes events not raised before
 * @param id the event alone, or null
 * @param aggregateId id of their aggregate, which is the key of their records, or null
 * @param type what happened, without the version, or null
 * @param trace id of the trace in which they were raised, 32 hexadecimal digits, or null
 * @param before only events that come after this one in the list, for the next page, or null
 * @since 0.1.0
 */
public record EventSearch(
        Instant from,
        Instant until,
        @Nullable UUID id,
        @Nullable String aggregateId,
        @Nullable String type,
        @Nullable String trace,
        @Nullable EventPlace before) {

    /** The clock of a service, from which the id has its time, and the time of the event may differ by this much. */
    private static final Duration AROUND = Duration.ofMinutes(10);

    private static final int TIME_ORDERED = 7;

    /**
     * @throws IllegalArgumentException if the end is not after the beginning
     */
    public EventSearch {
        if (!until.isAfter(from)) {
            throw new IllegalArgumentException("until (%s) is not after from (%s)".formatted(until, from));
        }
    }

    /** {@return all events raised in a period, by the clocks of the services} */
    public static EventSearch between(Instant from, Instant until) {
        return new EventSearch(from, until, null, null, null, null, null);
    }

    /** {@return one event; its id says about when it was raised, so that the whole outbox need not be searched} */
    public static EventSearch of(UUID id) {
        Instant raised =
                id.version() == TIME_ORDERED ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16) : Instant.EPOCH;
        Instant until = raised.equals(Instant.EPOCH) ? Instant.parse("9999-01-01T00:00:00Z") : raised.plus(AROUND);
        Instant from = raised.equals(Instant.EPOCH) ? raised : raised.minus(AROUND);
        return new EventSearch(from, until, id, null, null, null, null);
    }

    /** {@return those whose records have this key, whatever the kind of their aggregate} */
    public EventSearch ofKey(String key) {
        return new EventSearch(from, until, id, key, type, trace, before);
    }

    /** {@return those of one type, whatever its version} */
    public EventSearch ofType(String name) {
        return new EventSearch(from, until, id, aggregateId, name, trace, before);
    }

    /** {@return those raised in one trace} */
    public EventSearch ofTrace(String traceId) {
        return new EventSearch(from, until, id, aggregateId, type, traceId, before);
    }

    /** {@return those that come after an event in the list, which were raised before it} */
    public EventSearch before(EventPlace place) {
        return new EventSearch(from, until, id, aggregateId, type, trace, place);
    }
}

package dev.outbox.console.internal.page.outbox;

import dev.outbox.console.internal.page.Fields;
import dev.outbox.relay.events.EventPlace;
import dev.outbox.relay.events.EventSearch;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What to look for, as a form names it; without times, the last hour.
 *
 * @param id the event alone
 * @param key id of its aggregate
 * @param type what happened
 * @param trace the trace in which it was raised
 * @param from not those raised before
 * @param until only those raised before
 */
public record EventFilter(
        @Nullable String id,
        @Nullable String key,
        @Nullable String type,
        @Nullable String trace,
        @Nullable String from,
        @Nullable String until) {

    private static final Duration LATELY = Duration.ofHours(1);

    /** Takes empty fields for missing ones. */
    public EventFilter {
        id = Fields.text(id);
        key = Fields.text(key);
        type = Fields.text(type);
        trace = Fields.text(trace);
        from = Fields.text(from);
        until = Fields.text(until);
    }

    /** The clock of a service may be ahead. */
    EventSearch search(Instant now, @Nullable EventPlace after) {
        Instant end = Fields.time(until);
        Instant begin = Fields.time(from);
        Instant last = end == null ? now : end;
        return new EventSearch(
                begin == null ? last.minus(LATELY) : begin,
                end == null ? now.plus(LATELY) : end,
                null,
                key,
                type,
                trace,
                after);
    }
}

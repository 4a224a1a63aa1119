package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;

/**
 * A stream lacks an event. This happens if the aggregate had events before its type was stored, which were truncated once they
 * were published; or if someone has deleted rows. A state that is made of such a stream would be wrong.
 *
 * @since 0.1.0
 */
public final class IncompleteStreamException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public IncompleteStreamException(AggregateRef stream, long missing, long found) {
        super(
                ("Event %d of %s is missing: %d comes next. Was its type published before it was stored? Then begin a new stream for"
                                + " it, whose first event carries what is known; see docs/event-store.md.")
                        .formatted(missing, stream, found));
    }
}

package dev.outbox.inbox.guard;

import java.util.Optional;

/** How a consumer knows what it has applied. */
public enum GuardKind {
    /** By the ids of processed events, one row each: for events of any producer. */
    EVENT_ID,
    /** By the sequence within the aggregate, one row for each aggregate: also tells what is missing, forked or late. */
    AGGREGATE_SEQUENCE;

    /** {@return which of ours a guard is; none if it is one of the service's own} */
    public static Optional<GuardKind> of(InboxGuard guard) {
        if (guard instanceof JdbcEventIdGuard) {
            return Optional.of(EVENT_ID);
        }
        return guard instanceof JdbcSequenceGuard ? Optional.of(AGGREGATE_SEQUENCE) : Optional.empty();
    }
}

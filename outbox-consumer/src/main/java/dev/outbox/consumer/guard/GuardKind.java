package dev.outbox.consumer.guard;

import java.util.Optional;

/**
 * How a consumer knows what it has applied.
 *
 * @since 0.1.0
 */
public enum GuardKind {
    /** By the ids of applied events, one row for each event. Works with events of any producer. */
    EVENT_ID,
    /** By the sequence within the aggregate, one row for each aggregate. Also detects missing, forked and late events. */
    AGGREGATE_SEQUENCE;

    /** {@return the kind of one of our guards; none if the guard is the service's own} */
    public static Optional<GuardKind> of(InboxGuard guard) {
        if (guard instanceof JdbcEventIdGuard || guard instanceof JdbcPortableEventIdGuard) {
            return Optional.of(EVENT_ID);
        }
        return guard instanceof SequenceGuard ? Optional.of(AGGREGATE_SEQUENCE) : Optional.empty();
    }
}

package dev.outbox.inbox;

/** How a consumer knows what it has applied. */
public enum GuardKind {
    /** By the ids of processed events, one row each: for events of any producer. */
    EVENT_ID,
    /** By the sequence within the aggregate, one row for each aggregate: also tells what is missing, or forked. */
    AGGREGATE_SEQUENCE
}

package dev.outbox.benchmark.contender;

/** What a transaction does that changes an account in a row, as in {@link Business}, and may have an event of that. */
public enum Change {
    /** No event. */
    ALONE,
    /** The event is published by the outbox, and not stored. */
    PUBLISHED,
    /** The event is raised like any other, of a type that is stored and published. */
    STORED_AND_PUBLISHED,
    /** The same event is appended to its stream. */
    APPENDED
}

package dev.outbox.inbox.metrics;

/** What became of a record; after any of these its offset is committed. */
public enum RecordOutcome {
    /** Its handlers have run. */
    HANDLED,
    /** It had been handled before. */
    DUPLICATE,
    /** It is no event, or one that nobody here handles. */
    IGNORED,
    /** It was put aside. */
    PARKED,
    /** It was sent to the dead-letter topic. */
    DEAD_LETTER,
    /** It was given up. */
    SKIPPED
}

package dev.outbox.consumer.internal.metrics;

/** What happened to a record. After any of these, its offset is committed. */
public enum RecordOutcome {
    /** Its handlers have run. */
    HANDLED,
    /** It had been handled before. */
    DUPLICATE,
    /** It is not an event, or one that nobody here handles. */
    IGNORED,
    /** It was parked. */
    PARKED,
    /** It was sent to the dead-letter topic. */
    DEAD_LETTER,
    /** It was given up. */
    SKIPPED
}

package dev.outbox.consumer.internal.metrics;

/** What happened to a parked event when its turn came. */
public enum ReleaseOutcome {
    /** Its handlers have run. */
    HANDLED,
    /** It had been handled or given up before. */
    PASSED,
    /** It stays parked. */
    FAILED
}

package dev.outbox.inbox.metrics;

/** What became of a parked event in its turn. */
public enum ReleaseOutcome {
    /** Its handlers have run. */
    HANDLED,
    /** It had been handled or given up before. */
    PASSED,
    /** It stays parked. */
    FAILED
}

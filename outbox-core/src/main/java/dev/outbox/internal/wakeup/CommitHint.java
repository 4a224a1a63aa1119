package dev.outbox.internal.wakeup;

/**
 * Called when a transaction with events has committed. A relay in the same process then reads immediately instead of at its
 * next poll. A lost hint costs latency, never an event.
 */
@FunctionalInterface
public interface CommitHint {

    /** Called after commit on the thread of the transaction. Must return immediately and must not throw. */
    void committed();

    /** Called when another process reports a commit. The report arrives late: more may have been committed since. */
    default void committedElsewhere() {
        committed();
    }
}

package dev.outbox.store;

/**
 * Told that a transaction with events has committed. A relay in the same process reads at once then instead of at its
 * next poll; a hint that is lost costs latency, never an event.
 */
@FunctionalInterface
public interface CommitHint {

    /** Called after commit on the thread of the transaction: returns at once and does not throw. */
    void committed();

    /** Called when word comes that another process has committed. It comes late: more may have been committed since. */
    default void committedElsewhere() {
        committed();
    }
}

package dev.outbox.inbox;

/**
 * Remembers, in the transaction of the effects, which events a consumer has applied. Thread-safe.
 *
 * <p>By default it is the table {@code inbox_event}, one row per consumer and event. A bean of this type replaces it.
 */
public interface InboxGuard {

    /**
     * {@return whether the event is new to the consumer; false if a committed transaction has applied it}
     *
     * <p>Runs in a transaction and enters the event in it: if that transaction is rolled back, the event is as new as
     * before. If another transaction is about to apply the same event, waits until it is known whether it succeeds.
     *
     * @param consumer name of the consumer; each has an inbox of its own
     * @param event identified by its source and its id
     * @throws IllegalStateException if the entry would not be part of the current transaction
     */
    boolean admit(String consumer, EventMetadata event);
}

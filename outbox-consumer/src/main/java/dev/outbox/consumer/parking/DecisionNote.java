package dev.outbox.consumer.parking;

/**
 * What is written down about a decision, in its own transaction, such as a row that says who has decided. There are both or
 * neither.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DecisionNote {

    /** Nothing is written down. */
    DecisionNote NONE = events -> {};

    /**
     * Called in the first transaction that changes anything, before the change. If that transaction is rolled back because the
     * event fails, it is called once more in the transaction that stores why. An exception takes the decision back, and is thrown
     * to the caller.
     *
     * @param events how many events the decision is about, that is, how many are parked and not discarded; nobody changes that
     *     until the transaction ends
     */
    void decided(long events);
}

package dev.outbox.benchmark.contender;

/** An outbox as the harness drives it, in a process of its own. Events are raised by several threads. */
public interface Contender extends AutoCloseable {

    /** {@return the transactions of the service, in which its events are raised} */
    Business business();

    /** Raises an event in the current transaction, as the contender's users do. */
    void raise(BenchmarkEvent event);

    /**
     * Raises the event of a change in the current transaction.
     *
     * @param change dense number of the change of the aggregate, from the business change itself
     */
    default void raise(BenchmarkEvent event, long change) {
        raise(event);
    }

    /**
     * Inserts the row of an event in the current transaction, as one would do by hand.
     *
     * @param change dense number of the change of the aggregate, from the business change itself
     * @throws UnsupportedOperationException if the contender is no table that one writes by hand
     */
    default void insertByHand(BenchmarkEvent event, long change) {
        throw new UnsupportedOperationException("not written by hand");
    }

    /**
     * Inserts an event in the current transaction into the smallest outbox table that does, with six columns, as one would
     * do without an outbox.
     *
     * @throws UnsupportedOperationException if the contender has no such table
     */
    default void insertPlainRow(BenchmarkEvent event) {
        throw new UnsupportedOperationException("no plain table");
    }

    /** Publishes a backlog that lies there already, if there is one, and all that comes. Returns when it has begun. */
    void startRelay() throws Exception;

    /** Ends what {@link #startRelay} began and returns when nothing is published any more. */
    void stopRelay() throws Exception;

    /** Removes what has not been published; the relay is stopped. */
    void clear();

    @Override
    void close();
}

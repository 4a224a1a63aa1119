package dev.outbox.benchmark.contender;

/**
 * An event store as the harness drives it, in a process of its own. Its accounts take deposits: events of the same size and the
 * same fields, whoever stores them. Commands come from several threads, never two at a time for one account.
 */
public interface EventStoreContender extends AutoCloseable {

    /** After how many events a snapshot is taken, where there are any. */
    int SNAPSHOT_EVERY = 10;

    /** How many events one transaction of a rebuild handles. */
    int BATCH = 1_000;

    /** What {@link #rebuilt} says at the end. */
    long DONE = -1;

    /**
     * Loads an account, decides on a deposit, appends it, and commits.
     *
     * @param version the version that the account must have, so that a load that finds too little is noticed
     */
    void deposit(String account, int version);

    /**
     * The same with a snapshot after each {@value #SNAPSHOT_EVERY} events.
     *
     * @throws UnsupportedOperationException if it has none
     */
    default void depositWithSnapshots(String account, int version) {
        throw new UnsupportedOperationException("no snapshots");
    }

    /**
     * Changes the row of an account, in a transaction that does so.
     *
     * @throws UnsupportedOperationException if it publishes no events
     */
    default void change(Change kind, BenchmarkEvent account) {
        throw new UnsupportedOperationException("publishes no events");
    }

    /**
     * Replaces all events by a history of streams of 50, in transactions of 1,000 events. Its rows are copies of rows that
     * commands have written. What was made of the events so far counts as up to date.
     */
    void fill(long events);

    /** Begins a rebuild of the effects, one insert for each event, in the background. */
    void startRebuild() throws Exception;

    /** {@return how many events the rebuild has handled; {@link #DONE} once services read what it has made} */
    long rebuilt();

    /** Ends a rebuild, whether it is done or not. */
    void stopRebuild() throws Exception;

    @Override
    void close();
}

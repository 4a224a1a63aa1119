package dev.outbox.relay.internal.log;

/** Opens the log of a lane: the engine of the relay. Thread-safe. */
@FunctionalInterface
public interface LaneLogs {

    /** Reads the table, and nothing else. */
    LaneLogs TABLE = (table, buckets, arrived) -> table;

    /**
     * Opens a log.
     *
     * @param table reads the table for this lane
     * @param buckets the buckets of the lane
     * @param arrived called when there may be something to read
     * @return the log, to be closed when the lane has ended
     */
    OutboxLog open(OutboxLog table, BucketRange buckets, Runnable arrived);
}

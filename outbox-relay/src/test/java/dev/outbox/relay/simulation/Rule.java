package dev.outbox.relay.simulation;

/** The rules of the models that the promises rest on. With one of them off, some run has to break a promise. */
enum Rule {
    /** A writer draws {@code seq} after it has locked the aggregate. */
    SEQ_IS_DRAWN_UNDER_THE_LOCK,
    /** What is new is told by snapshots, not by {@code seq > last}. */
    NEW_IS_TOLD_BY_SNAPSHOT,
    /** Transactions that were running at the last read are looked up. */
    LATE_COMMITS_ARE_LOOKED_UP,
    /** The new position is the snapshot of the very statement that read the rows. */
    POSITION_IS_THE_SNAPSHOT_OF_THE_READ,
    /** Events are sorted by {@code seq}, not by transaction. */
    SORTED_BY_SEQ,
    /** A backlog is cut by {@code seq}, not by ranges of transactions. */
    PAGED_BY_SEQ,
    /** A backlog ends at the snapshot at which it began. */
    PAGED_UNDER_ONE_SNAPSHOT,
    /** Where published events are removed, one statement reads what comes next and counts what is handed out. */
    COUNTED_AND_READ_AT_ONCE,
    /** A page is read and a position saved under the current epoch alone. */
    EPOCH_IS_CHECKED,
    /** A lane is given away only after its lease has expired. */
    LEASE_IS_RESPECTED,
    /** The buckets are divided anew only while no lane is owned. */
    LANES_ARE_DIVIDED_WHILE_FREE,
    /** A new lane begins ahead of none of the old lanes whose buckets it has. */
    NEW_LANES_BEGIN_BEHIND_OLD_ONES,
    /** A producer has one request in flight for a partition. */
    ONE_REQUEST_IN_FLIGHT,
    /** A producer sends nothing after a record that failed. */
    NOTHING_FOLLOWS_A_FAILURE
}

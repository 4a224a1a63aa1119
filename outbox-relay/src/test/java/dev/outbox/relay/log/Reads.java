package dev.outbox.relay.log;

/** What the tests read. */
final class Reads {

    /** The lane that comes with the table. */
    static final LaneEpoch LANE = new LaneEpoch(BucketRange.ALL, 1);

    static final ReadBudget AMPLE = new ReadBudget(1_000, 1_000_000);

    private Reads() {}
}

package dev.outbox.relay.internal.log;

/** What the tests read. */
public final class Reads {

    /** The lane that comes with the table. */
    public static final LaneEpoch LANE = new LaneEpoch(BucketRange.ALL, 1);

    public static final ReadBudget AMPLE = new ReadBudget(1_000, 1_000_000);

    private Reads() {}
}

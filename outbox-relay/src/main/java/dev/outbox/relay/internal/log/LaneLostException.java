package dev.outbox.relay.internal.log;

/**
 * The lane has had another owner since the reader acquired it, the lanes were divided again, or the server was stopped and
 * started. The reader was paused for longer than its lease, and perhaps its clock too; or its position is from an earlier
 * run of the server. Nothing is wrong: the relay that has the lane now, or acquires it next, publishes what is not read here
 * any more.
 */
public final class LaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Thrown by an {@link OutboxLog}. */
    public LaneLostException(LaneEpoch lane) {
        super(
                "The lane of buckets %d to %d is no longer under epoch %d of this run of the server; it must be acquired again"
                        .formatted(lane.buckets().first(), lane.buckets().last(), lane.epoch()));
    }
}

package dev.outbox.store;

/**
 * The lane has had another owner since the reader acquired it, the lanes were divided anew, or the server was stopped and
 * started. The reader stood still for longer than its lease, and its clock perhaps too; or its position is of a run of the
 * server that is over. Nothing is wrong: who has the lane now, or acquires it next, publishes what is read no more here.
 */
public final class LaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Is thrown by an {@link OutboxLog}. */
    public LaneLostException(LaneEpoch lane) {
        super(
                "The lane of buckets %d to %d is not under epoch %d of this run of the server any more; it has to be acquired"
                        .formatted(lane.buckets().first(), lane.buckets().last(), lane.epoch()));
    }
}

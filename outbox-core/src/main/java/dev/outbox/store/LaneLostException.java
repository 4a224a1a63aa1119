package dev.outbox.store;

/**
 * The lane has had another owner since the reader acquired it, or the lanes were divided anew. The reader stood still for
 * longer than its lease, and its clock perhaps too. Nothing is wrong: who has the lane now publishes what is read no more
 * here.
 */
public final class LaneLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Is thrown by an {@link OutboxLog}. */
    public LaneLostException(LaneEpoch lane) {
        super("The lane of buckets %d to %d is not under epoch %d any more; another relay has it, or will"
                .formatted(lane.buckets().first(), lane.buckets().last(), lane.epoch()));
    }
}

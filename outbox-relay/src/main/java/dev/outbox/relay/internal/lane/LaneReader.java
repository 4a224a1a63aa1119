package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;

/**
 * Reads the events of one lane, page by page.
 *
 * @param log where they are read
 * @param buckets the buckets of the lane
 * @param budget how much a page may hold
 */
public record LaneReader(OutboxLog log, BucketRange buckets, ReadBudget budget) {

    /** In pages. */
    private static final int MUCH = 2;

    OutboxPage read(long epoch, Position after) {
        return log.read(new LaneEpoch(buckets, epoch), after, budget);
    }

    /** {@return about how many events follow a position} */
    long unread(Position end) {
        return log.unread(buckets, end);
    }

    /** To be called in the transaction that saves the position. */
    void remove(Position done) {
        log.remove(done);
    }

    /** That transaction has been committed. */
    void removed(Position done) {
        log.removed(done);
    }

    boolean hasToRemove(Position done) {
        return log.removable(done) > 0;
    }

    /** {@return whether so much is to be removed that it slows down what is read next} */
    boolean hasMuchToRemove(Position done) {
        return log.removable(done) >= MUCH * budget.rows();
    }
}

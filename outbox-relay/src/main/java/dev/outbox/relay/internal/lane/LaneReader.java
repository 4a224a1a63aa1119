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

    boolean removes(Position done) {
        return log.removes(done);
    }
}

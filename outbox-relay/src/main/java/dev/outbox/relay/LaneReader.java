package dev.outbox.relay;

import dev.outbox.store.BucketRange;
import dev.outbox.store.LaneEpoch;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.OutboxPage;
import dev.outbox.store.Position;
import dev.outbox.store.ReadBudget;

/**
 * The events of one lane, page by page.
 *
 * @param log where they are read
 * @param buckets the buckets of the lane
 * @param budget how much a page may hold
 */
record LaneReader(OutboxLog log, BucketRange buckets, ReadBudget budget) {

    OutboxPage read(long epoch, Position after) {
        return log.read(new LaneEpoch(buckets, epoch), after, budget);
    }
}

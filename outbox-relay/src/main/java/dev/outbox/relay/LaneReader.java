package dev.outbox.relay;

import dev.outbox.relay.log.BucketRange;
import dev.outbox.relay.log.LaneEpoch;
import dev.outbox.relay.log.OutboxLog;
import dev.outbox.relay.log.OutboxPage;
import dev.outbox.relay.log.Position;
import dev.outbox.relay.log.ReadBudget;

/**
 * Reads the events of one lane, page by page.
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

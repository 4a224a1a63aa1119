package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The outbox of a lane whose events Debezium publishes.
 *
 * <ol>
 *   <li><b>Read.</b> Debezium publishes what is committed after its replication slot was created. So the lane first publishes
 *       what was committed before: it reads the table, until all transactions that were running when the slot was first seen
 *       have ended and have been read.
 *   <li><b>Follow.</b> From here on, the lane has nothing to publish. Its position is what Debezium has confirmed.
 *   <li><b>Return.</b> When the slot is gone, what it has not delivered will never be. The lane begins again at 1, from its
 *       position; so it does when it goes back because something has failed.
 * </ol>
 *
 * <p>For use by a single thread.
 */
final class FollowedLog implements OutboxLog {

    private final OutboxLog table;
    private final FollowedSlot slot;

    private @Nullable Following following;
    private @Nullable Position expected;

    FollowedLog(OutboxLog table, FollowedSlot slot) {
        this.table = table;
        this.slot = slot;
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        Optional<Following> now = slot.now();
        boolean follows = after.equals(expected)
                && now.filter(current -> current.isOf(following)).isPresent();
        OutboxPage page = follows ? new OutboxPage(List.of(), now.get().after(after)) : read(lane, after, budget, now);
        expected = page.end();
        return page;
    }

    private OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget, Optional<Following> now) {
        OutboxPage page = table.read(lane, after, budget);
        following = now.filter(current -> page.isCaughtUp() && current.hasNothingLeftAt(page.end()))
                .orElse(null);
        slot.lane(this, following != null);
        return page;
    }

    @Override
    public long unread(BucketRange buckets, Position end) {
        return table.unread(buckets, end);
    }

    @Override
    public void close() {
        slot.closed(this);
    }
}

package dev.outbox.relay.internal.tail;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.replication.StreamMessage.Committed;
import dev.outbox.relay.internal.replication.StreamedRow;
import dev.outbox.relay.internal.tail.FeedEntry.Transaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The events of the transaction that the stream is bringing, until its commit comes. Of a transaction that is too large, it
 * only remembers which buckets it concerns. For use by a single thread.
 */
final class TransactionBuffer {

    private final ReadBudget budget;
    private final List<StreamedRow> kept = new ArrayList<>();
    private final Set<Integer> leftOut = new HashSet<>();
    private long bytes;

    /**
     * @param budget how much is kept for a lane
     */
    TransactionBuffer(ReadBudget budget) {
        this.budget = budget;
    }

    void add(StreamedRow row) {
        bytes += row.payloadBytes();
        boolean isTooLarge = !leftOut.isEmpty() || kept.size() >= budget.rows() || bytes > budget.bytes();
        if (!isTooLarge) {
            kept.add(row);
            return;
        }
        kept.forEach(earlier -> leftOut.add(earlier.bucket()));
        kept.clear();
        leftOut.add(row.bucket());
    }

    /** Hands each feed what concerns it, and forgets the transaction. */
    void hand(Committed committed, List<LaneFeed> feeds) {
        for (LaneFeed feed : feeds) {
            if (leftOut.stream().anyMatch(feed::concerns)) {
                feed.leaveOut();
            } else if (feed.isComplete()) {
                handPart(committed, feed);
            }
        }
        clear();
    }

    void clear() {
        kept.clear();
        leftOut.clear();
        bytes = 0;
    }

    private void handPart(Committed committed, LaneFeed feed) {
        List<OutboxRow> rows = new ArrayList<>();
        long xid = 0;
        for (StreamedRow row : kept) {
            if (feed.concerns(row.bucket())) {
                rows.add(row.read());
                xid = row.xid();
            }
        }
        if (!rows.isEmpty()) {
            feed.add(new Transaction(xid, committed.end(), rows, ReadBudget.bytesOf(rows)));
        }
    }
}

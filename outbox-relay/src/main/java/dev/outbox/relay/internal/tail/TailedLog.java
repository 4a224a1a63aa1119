package dev.outbox.relay.internal.tail;

import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.tail.FeedEntry.Passed;
import dev.outbox.relay.internal.tail.FeedEntry.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The log of one lane: the table, until the lane has caught up, and from there on the stream of the write-ahead log.
 *
 * <p>The position is the same on both: a snapshot. So a lane can change between table and stream at any time, and between
 * relays of both kinds.
 *
 * <ol>
 *   <li><b>Collect.</b> The stream brings each event that is committed after the lane has begun to collect. After that
 *       beginning, a transaction id is drawn.
 *   <li><b>Catch up.</b> Meanwhile the lane reads the table, up to a snapshot that is beyond this id. An event that the stream
 *       did not bring was committed before the lane began to collect, so its transaction has a lower id. The lane has read it,
 *       unless its transaction still seems to be running. A commit is in the WAL before it is visible, at times long before,
 *       if it waits for a standby. So the lane stays at the table until each transaction with a lower id has ended, or is known
 *       to be idle.
 *   <li><b>Join.</b> From here on, the lane reads what the stream has brought, except what it has read from the table: those
 *       transactions are visible in the position.
 *   <li><b>Follow.</b> Transactions come whole and in the order of their commits, which for each aggregate is the order of
 *       its events. Each page moves the position past exactly the transactions in it. Now and then the stream passes a
 *       snapshot: when all commits up to the end of the WAL have come, as it was after the snapshot was taken, then so has
 *       everything that the snapshot sees. It becomes the position, together with what has come in addition.
 *   <li><b>Leave.</b> If the lane goes back, because something failed, or if the stream breaks off or leaves something out,
 *       the lane begins again at 1, from the position at which it is.
 * </ol>
 *
 * <p>For use by a single thread, except {@link #callsForReads}.
 */
final class TailedLog implements OutboxLog {

    /** A position that names more transactions than this is too large to be saved a few times a second. */
    private static final int MAX_TRANSACTIONS = 10_000;

    private final OutboxLog table;
    private final LaneFeed feed;
    private final Runnable close;

    private @Nullable Position expected;
    private Snapshot passed = Snapshot.EMPTY;
    private final Set<Long> beyond = new HashSet<>();

    /**
     * @param close ends the feed
     */
    TailedLog(OutboxLog table, LaneFeed feed, Runnable close) {
        this.table = table;
        this.feed = feed;
        this.close = close;
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        if (!after.equals(expected)) {
            feed.begin();
        }
        OutboxPage page = follow(lane, after, budget).orElseGet(() -> catchUp(lane, after, budget));
        expected = page.end();
        return page;
    }

    @Override
    public long unread(BucketRange buckets, Position end) {
        return feed.isFollowed() ? feed.rows() : table.unread(buckets, end);
    }

    @Override
    public boolean callsForReads() {
        return feed.isFollowed();
    }

    @Override
    public void close() {
        close.run();
    }

    private OutboxPage catchUp(LaneEpoch lane, Position after, ReadBudget budget) {
        if (!feed.isComplete()) {
            feed.begin();
        }
        OutboxPage page = table.read(lane, after, budget);
        if (page.isCaughtUp()) {
            passed = page.end().done();
            beyond.clear();
            feed.follow(passed);
        }
        return page;
    }

    private Optional<OutboxPage> follow(LaneEpoch lane, Position after, ReadBudget budget) {
        Optional<List<FeedEntry>> taken = feed.take(budget);
        try {
            return taken.flatMap(entries -> page(entries, lane, after));
        } catch (RuntimeException e) {
            // What was taken does not come again.
            feed.begin();
            throw e;
        }
    }

    private Optional<OutboxPage> page(List<FeedEntry> entries, LaneEpoch lane, Position after) {
        if (entries.isEmpty()) {
            return Optional.of(new OutboxPage(List.of(), after));
        }
        List<OutboxRow> rows = new ArrayList<>();
        LogSequenceNumber end = null;
        for (FeedEntry entry : entries) {
            if (entry instanceof Passed mark) {
                pass(mark.snapshot());
            } else if (entry instanceof Transaction transaction
                    && !passed.sees(transaction.xid())
                    && beyond.add(transaction.xid())) {
                if (transaction.xid() - passed.xmax() > MAX_TRANSACTIONS || beyond.size() > MAX_TRANSACTIONS) {
                    feed.begin();
                    return Optional.empty();
                }
                rows.addAll(transaction.rows());
                end = transaction.end();
            }
        }
        if (end != null) {
            table.awaitDurable(lane, after, end.asString());
        }
        rows.sort(Comparator.comparingLong(OutboxRow::seq));
        return Optional.of(new OutboxPage(rows, Position.at(beyond.isEmpty() ? passed : passed.with(beyond))));
    }

    /** A snapshot that was taken before the lane caught up says less than the position. */
    private void pass(Snapshot snapshot) {
        if (snapshot.covers(passed)) {
            passed = snapshot;
            beyond.removeIf(snapshot::sees);
        }
    }
}

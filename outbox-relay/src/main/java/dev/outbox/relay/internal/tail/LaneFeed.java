package dev.outbox.relay.internal.tail;

import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.tail.FeedEntry.Passed;
import dev.outbox.relay.internal.tail.FeedEntry.Transaction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the stream has brought for one lane and the lane has not read yet, in the order of commits.
 *
 * <p>The stream adds, the lane takes, and neither waits for the other. If something is missing, because the stream broke or
 * the lane does not keep up, everything is dropped until the lane begins anew: nothing is lost by that, because all events
 * are in the table. Thread-safe.
 */
final class LaneFeed {

    private final BucketRange buckets;
    private final ReadBudget kept;
    private final Runnable arrived;
    private final Deque<FeedEntry> entries = new ArrayDeque<>();
    private long rows;
    private long bytes;
    private boolean flows;
    private boolean isComplete;
    private long beginning;
    private @Nullable Long bound;
    private Set<Long> idle = Set.of();
    private volatile boolean isFollowed;

    /**
     * @param kept how much is kept for the lane
     * @param arrived called by the stream when there may be something new for the lane
     */
    LaneFeed(BucketRange buckets, ReadBudget kept, Runnable arrived) {
        this.buckets = buckets;
        this.kept = kept;
        this.arrived = arrived;
    }

    boolean concerns(int bucket) {
        return buckets.contains(bucket);
    }

    /** The stream flows: from now on it adds each event that is committed. */
    synchronized void open() {
        flows = true;
        begin();
    }

    /** The stream has broken off. */
    void cut() {
        synchronized (this) {
            flows = false;
            drop();
        }
        arrived.run();
    }

    /** Keeps nothing of what came until now, and everything that comes from now on. */
    synchronized void begin() {
        drop();
        isComplete = flows;
        beginning++;
    }

    void add(Transaction transaction) {
        synchronized (this) {
            if (!isComplete) {
                return;
            }
            rows += transaction.rows().size();
            bytes += transaction.bytes();
            entries.addLast(transaction);
            if (rows > kept.rows() || bytes > kept.bytes()) {
                drop();
            }
        }
        arrived.run();
    }

    /** A transaction is too large to be added. */
    void leaveOut() {
        synchronized (this) {
            drop();
        }
        arrived.run();
    }

    void pass(Snapshot snapshot) {
        synchronized (this) {
            if (isComplete) {
                entries.addLast(new Passed(snapshot));
            }
        }
        arrived.run();
    }

    /** {@return which beginning it is, for {@link #begunBefore}} */
    synchronized long beginning() {
        return beginning;
    }

    /** {@return whether it is not known yet which transactions had an id at the beginning} */
    synchronized boolean needsBound() {
        return isComplete && bound == null;
    }

    /** {@return whether the lane is about to follow} */
    synchronized boolean isAwaited() {
        return isComplete && !isFollowed;
    }

    /**
     * Each transaction that had an id at that beginning has a lower one than this. The end of a snapshot would not do:
     * transactions that are running can have ids beyond it.
     *
     * @param idle transactions that have not begun to commit; of those that only seem to be running, the commit may be in
     *     the WAL already
     */
    void begunBefore(long transaction, Set<Long> idle, long asked) {
        synchronized (this) {
            if (!isComplete || asked != beginning) {
                return;
            }
            if (bound == null) {
                bound = transaction;
            }
            this.idle = idle;
        }
        arrived.run();
    }

    /** {@return whether nothing is missing from the beginning on} */
    synchronized boolean isComplete() {
        return isComplete;
    }

    /**
     * The lane goes on from here, if every event that its position does not see has been brought, or will be.
     *
     * @param read the position
     */
    synchronized void follow(Snapshot read) {
        Long before = bound;
        isFollowed = before != null
                && read.xmax() >= before
                && read.running().stream().filter(xid -> xid < before).allMatch(idle::contains);
    }

    /** {@return whether the lane reads from here, and nothing is missing} */
    boolean isFollowed() {
        return isFollowed;
    }

    /** {@return how many events it has brought that are not taken} */
    synchronized long rows() {
        return rows;
    }

    /** {@return about a page of entries; nothing if the lane does not follow, or not any longer} */
    Optional<List<FeedEntry>> take(ReadBudget budget) {
        List<FeedEntry> taken = new ArrayList<>();
        boolean more;
        synchronized (this) {
            if (!isFollowed) {
                return Optional.empty();
            }
            int takenRows = 0;
            long takenBytes = 0;
            while (!entries.isEmpty() && takenRows < budget.rows() && takenBytes < budget.bytes()) {
                FeedEntry entry = entries.removeFirst();
                taken.add(entry);
                if (entry instanceof Transaction transaction) {
                    takenRows += transaction.rows().size();
                    takenBytes += transaction.bytes();
                }
            }
            rows -= takenRows;
            bytes -= takenBytes;
            more = !entries.isEmpty();
        }
        if (more) {
            arrived.run();
        }
        return Optional.of(taken);
    }

    private void drop() {
        entries.clear();
        rows = 0;
        bytes = 0;
        bound = null;
        idle = Set.of();
        isComplete = false;
        isFollowed = false;
    }
}

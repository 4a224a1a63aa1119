package dev.outbox.relay.internal.tail;

import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneLogs;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.replication.Heartbeat;
import dev.outbox.relay.internal.replication.ReplicationSession;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.relay.internal.replication.ReplicationSlotState;
import dev.outbox.relay.internal.replication.ReplicationSlotState.InUse;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Lost;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Missing;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Usable;
import dev.outbox.relay.internal.replication.StreamMessage;
import dev.outbox.relay.internal.replication.StreamMessage.Begin;
import dev.outbox.relay.internal.replication.StreamMessage.Committed;
import dev.outbox.relay.internal.replication.StreamMessage.Inserted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The thread that reads the stream of the write-ahead log, and hands each transaction to the lanes that it concerns.
 *
 * <p>The stream is a faster way to learn of what is in the table, and nothing else. No event depends on the slot: if it is
 * missing, in use, lost or dropped, the lanes read the table. What the slot is confirmed decides only how much of the
 * write-ahead log the server keeps. A session has these steps:
 *
 * <ol>
 *   <li><b>Begin.</b> The slot is created if there is none, or if the server has given it up, and that is allowed. While
 *       another relay reads from it, this one waits. The stream begins at the present end of the WAL: the lanes read from the
 *       table what was committed before, so nobody needs it twice.
 *   <li><b>Receive.</b> Rows are kept until their commit comes. A transaction that is larger than what is kept for a lane is
 *       left out; the lanes that it concerns find it in the table.
 *   <li><b>Beat.</b> One statement reads a snapshot, and after it the end of the WAL; see {@link SnapshotMarks} for what that
 *       is good for. It also reads the positions of all lanes, of whichever relay.
 *   <li><b>Confirm.</b> When all lanes have saved positions that see everything that such a snapshot saw, the end of the WAL
 *       that belongs to it is confirmed. So the server keeps what is not published yet.
 *   <li><b>End.</b> Whatever fails ends the session, also a failed beat: a server that shuts down waits until everything is
 *       confirmed, which cannot happen any more once it has ended the other connections of the relay.
 * </ol>
 */
public final class TailStream extends BackgroundLoop implements LaneLogs {

    /** Until the session has ended, and so has the use of the slot. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    /** Stops after the lanes have been handed over. */
    private static final int PHASE = DEFAULT_PHASE - 4097;

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** While there are events. A position names each transaction since the last beat. */
    private static final Duration BUSY_BEAT = Duration.ofMillis(100);

    private final Function<LogSequenceNumber, ReplicationSession> sessions;
    private final ReplicationSlot slot;
    private final boolean createsSlot;
    private final Duration idleBeat;
    private final ReadBudget kept;
    private final TailMonitor monitor;
    private final Ticker ticker;

    /** Changed under a lock, together with {@link #flows}. */
    private volatile List<LaneFeed> feeds = List.of();

    private boolean flows;
    private volatile boolean isElsewhere;

    private final TransactionBuffer transaction;
    private boolean inTransaction;
    private boolean isBusy;
    private LogSequenceNumber reached = LogSequenceNumber.INVALID_LSN;
    private final SnapshotMarks marks = new SnapshotMarks();
    private long nextBeat;

    /**
     * @param sessions starts a session from there on
     */
    TailStream(
            Function<LogSequenceNumber, ReplicationSession> sessions,
            ReplicationSlot slot,
            TailProperties properties,
            ReadBudget kept,
            TailMonitor monitor,
            Ticker ticker) {
        super("outbox-tail");
        this.sessions = sessions;
        this.slot = slot;
        this.createsSlot = properties.createSlot();
        this.idleBeat = properties.heartbeat();
        this.kept = kept;
        this.transaction = new TransactionBuffer(kept);
        this.monitor = monitor;
        this.ticker = ticker;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** {@return whether another relay reads from the slot, so that the lanes are better off there} */
    public boolean isElsewhere() {
        return isElsewhere;
    }

    /** {@return whether all lanes of this relay read from the stream} */
    public boolean isFollowed() {
        return !feeds.isEmpty() && feeds.stream().allMatch(LaneFeed::isFollowed);
    }

    @Override
    public OutboxLog open(OutboxLog table, BucketRange buckets, Runnable arrived) {
        LaneFeed feed = new LaneFeed(buckets, kept, arrived);
        add(feed);
        return new TailedLog(table, feed, () -> remove(feed));
    }

    @Override
    protected Duration pass() {
        ReplicationSlotState state = slot.state();
        isElsewhere = state instanceof InUse use && use.isAlive();
        if (state instanceof Usable) {
            follow();
            return Duration.ZERO;
        }
        if (state instanceof Missing || state instanceof Lost) {
            // Otherwise, what is shown is the slot as it was at the last beat of the stream.
            monitor.beats(slot.heartbeat());
        }
        if (state instanceof Missing && createsSlot) {
            monitor.waits("Replication slot %s is created, which waits for the transactions that are running"
                    .formatted(slot.name()));
            slot.create();
            return Duration.ZERO;
        }
        if (state instanceof Lost lost && createsSlot) {
            monitor.waits(lost.problem(slot.name()) + ". It is created again");
            slot.drop();
            return Duration.ZERO;
        }
        monitor.waits(state.problem(slot.name()));
        return RETRY;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isRunning()) {
            monitor.failed(failure, isNew);
        }
        return RETRY;
    }

    @Override
    protected Duration longestStop() {
        return LONGEST_STOP;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    private void follow() {
        try (ReplicationSession session = sessions.apply(slot.heartbeat().wal())) {
            begin();
            while (isRunning()) {
                step(session);
            }
        } finally {
            cut();
        }
    }

    private void begin() {
        transaction.clear();
        inTransaction = false;
        reached = LogSequenceNumber.INVALID_LSN;
        marks.clear();
        nextBeat = ticker.nanos();
        open();
        monitor.flows();
    }

    private void step(ReplicationSession session) {
        StreamMessage message = session.next();
        if (message instanceof Begin) {
            inTransaction = true;
        } else if (message instanceof Inserted inserted) {
            transaction.add(inserted.row());
        } else if (message instanceof Committed committed) {
            inTransaction = false;
            isBusy = true;
            transaction.hand(committed, feeds);
            reached = committed.end();
        } else if (message == null && !inTransaction) {
            reached = session.received();
        }
        if (!inTransaction) {
            marks.reached(reached).ifPresent(snapshot -> feeds.forEach(feed -> feed.pass(snapshot)));
        }
        if (!inTransaction && isBeatDue()) {
            beat(session);
        }
    }

    private boolean isBeatDue() {
        if (ticker.nanos() - nextBeat >= 0) {
            return true;
        }
        for (LaneFeed feed : feeds) {
            if (feed.needsBound()) {
                return true;
            }
        }
        return false;
    }

    private void beat(ReplicationSession session) {
        Map<LaneFeed, Long> awaited = feeds.stream()
                .filter(LaneFeed::isAwaited)
                .collect(Collectors.toMap(Function.identity(), LaneFeed::beginning));
        boolean begins = awaited.keySet().stream().anyMatch(LaneFeed::needsBound);
        OptionalLong asked = begins ? OptionalLong.of(slot.transaction()) : OptionalLong.empty();
        Heartbeat beat = slot.heartbeat();
        if (!awaited.isEmpty()) {
            long now = asked.orElse(beat.snapshot().xmax());
            Set<Long> idle = slot.idle(now);
            awaited.forEach((feed, beginning) -> feed.begunBefore(now, idle, beginning));
        }
        monitor.beats(beat);
        marks.taken(beat);
        marks.published(beat).ifPresent(session::confirm);
        nextBeat = ticker.nanos() + (isBusy ? BUSY_BEAT : idleBeat).toNanos();
        isBusy = false;
    }

    private synchronized void add(LaneFeed feed) {
        List<LaneFeed> more = new ArrayList<>(feeds);
        more.add(feed);
        feeds = List.copyOf(more);
        if (flows) {
            feed.open();
        }
    }

    private synchronized void remove(LaneFeed feed) {
        feeds = feeds.stream().filter(other -> other != feed).toList();
    }

    private synchronized void open() {
        flows = true;
        feeds.forEach(LaneFeed::open);
    }

    private synchronized void cut() {
        flows = false;
        feeds.forEach(LaneFeed::cut);
    }
}

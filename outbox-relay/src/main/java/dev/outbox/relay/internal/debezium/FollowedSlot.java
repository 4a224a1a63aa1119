package dev.outbox.relay.internal.debezium;

import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneLogs;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.replication.Heartbeat;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.relay.internal.replication.ReplicationSlotState;
import dev.outbox.relay.internal.replication.ReplicationSlotState.InUse;
import dev.outbox.relay.internal.replication.ReplicationSlotState.Usable;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * The thread that watches the replication slot from which Debezium reads.
 *
 * <ol>
 *   <li>A heartbeat reads a snapshot, and after it the end of the WAL. A commit is in the WAL before it is visible, so all
 *       commits that the snapshot sees are before that end.
 *   <li>Debezium confirms what Kafka has acknowledged. When it has confirmed that end, everything that the snapshot sees is
 *       published, and the lanes take the snapshot as their position.
 *   <li>Then the next snapshot is remembered. One is waited for at a time.
 * </ol>
 *
 * <p>If the slot is gone, the lanes read the table, until there is one again.
 */
final class FollowedSlot extends BackgroundLoop implements LaneLogs {

    private final ReplicationSlot slot;
    private final Duration interval;
    private final DebeziumMonitor monitor;
    private final Map<FollowedLog, Boolean> lanes = new ConcurrentHashMap<>();

    private @Nullable Heartbeat mark;
    private volatile @Nullable Following now;

    FollowedSlot(ReplicationSlot slot, Duration interval, DebeziumMonitor monitor) {
        super("outbox-debezium");
        this.slot = slot;
        this.interval = interval;
        this.monitor = monitor;
    }

    /** {@return what is known of the slot; empty if it is not there} */
    Optional<Following> now() {
        return Optional.ofNullable(now);
    }

    @Override
    public OutboxLog open(OutboxLog table, BucketRange buckets, Runnable arrived) {
        return new FollowedLog(table, this);
    }

    void lane(FollowedLog log, boolean follows) {
        lanes.put(log, follows);
    }

    void closed(FollowedLog log) {
        lanes.remove(log);
    }

    /** {@return whether all lanes of this relay leave their events to Debezium} */
    boolean isFollowed() {
        return !lanes.isEmpty() && !lanes.containsValue(false);
    }

    @Override
    protected Duration pass() {
        ReplicationSlotState state = slot.state();
        Heartbeat beat = slot.heartbeat();
        // A slot that is being created is there, and has confirmed nothing.
        LogSequenceNumber confirmed = beat.confirmed();
        if (confirmed != null && (state instanceof Usable || state instanceof InUse)) {
            follow(beat, confirmed, state instanceof InUse);
        } else {
            now = null;
            mark = null;
            monitor.isGone(beat, state.problem(slot.name()));
        }
        return interval;
    }

    private void follow(Heartbeat beat, LogSequenceNumber confirmed, boolean isRead) {
        Following current = now;
        if (current == null) {
            now = new Following(slot.transaction(), null);
        } else if (mark != null && confirmed.compareTo(mark.wal()) >= 0) {
            now = new Following(current.first(), mark.snapshot());
            mark = null;
        }
        if (mark == null) {
            mark = beat;
        }
        monitor.beats(beat, isRead, isFollowed());
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isRunning()) {
            monitor.failed(failure, isNew);
        }
        return interval;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }
}

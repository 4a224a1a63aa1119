package dev.outbox.relay.internal.slot;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LanePositions;
import dev.outbox.relay.internal.log.PublishedEvents;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.Empty;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.internal.slot.SlotResult.Unpublished;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Truncates slots whose events are all published, after PgQ's rotation of tables.
 *
 * <ol>
 *   <li><b>Look</b> first without a lock; most slots are empty or not published yet.
 *   <li><b>Lock</b> the partition exclusively, or give up at once: a lock request that waits would hold up every read and
 *       write that comes after it. If the caller asks for it, the request waits anyway, for a limited time. With the lock,
 *       no open transaction has written into the slot: whatever is in it is committed, or rolled back, for every reader.
 *   <li><b>Look again</b>, in a statement whose snapshot is taken under the lock, and so sees all of it.
 *   <li><b>Truncate</b> and commit.
 * </ol>
 *
 * A transaction that waits for the lock in the meantime writes its event into the emptied slot.
 */
final class JdbcOutboxSlots implements OutboxSlots {

    private static final String SIZE = """
            select case when pg_relation_size('outbox_event_%1$d') = 0 then 0 else pg_total_relation_size('outbox_event_%1$d') end
            """;

    private static final String LOCK = """
            lock table only outbox_event_%d in access exclusive mode nowait
            """;

    private static final String LOCK_WITHIN = """
            set local lock_timeout = %d; lock table only outbox_event_%d in access exclusive mode
            """;

    /** Two index lookups on {@code (xid, seq)}, however full the slot is. */
    private static final String HAS_UNPUBLISHED = """
            select
                exists (select from outbox_event_%1$d where xid >= :xmax)
                or exists (select from outbox_event_%1$d where xid = any (cast(:running as bigint[])))
            """;

    private static final String TRUNCATE = """
            truncate table only outbox_event_%d
            """;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final JdbcClient jdbc;
    private final LanePositions lanes;
    private final BoundedTransaction transaction;

    JdbcOutboxSlots(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.lanes = LanePositions.postgres(dataSource, tables);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public SlotResult truncate(int slot) {
        return truncateUnder(LOCK.formatted(slot), slot);
    }

    @Override
    public SlotResult truncate(int slot, Duration wait) {
        // Not 0, which would mean no limit.
        return truncateUnder(LOCK_WITHIN.formatted(Math.max(1, wait.toMillis()), slot), slot);
    }

    private SlotResult truncateUnder(String lock, int slot) {
        Objects.checkIndex(slot, Short.MAX_VALUE);
        Optional<SlotResult> obstacle = obstacle(slot);
        if (obstacle.isPresent()) {
            return obstacle.get();
        }
        try {
            return transaction.execute(() -> {
                jdbc.sql(lock).update();
                return obstacle(slot).orElseGet(() -> truncateLocked(slot));
            });
        } catch (DataAccessException e) {
            if (isLockNotAvailable(e)) {
                return new Busy(slot);
            }
            throw e;
        }
    }

    private Optional<SlotResult> obstacle(int slot) {
        if (size(slot) == 0) {
            return Optional.of(new Empty(slot));
        }
        PublishedEvents events = lanes.published();
        if (events instanceof PublishedEvents.Unknown unknown) {
            return Optional.of(new Unpublished(slot, unknown.reason()));
        }
        Snapshot done = ((PublishedEvents.Upto) events).snapshot();
        boolean unpublished = jdbc.sql(HAS_UNPUBLISHED.formatted(slot))
                .param("xmax", done.xmax())
                .param("running", new SqlArrayValue("int8", done.running().toArray()))
                .query(Boolean.class)
                .single();
        return unpublished
                ? Optional.of(new Unpublished(slot, "a lane has not published all of its events yet"))
                : Optional.empty();
    }

    private SlotResult truncateLocked(int slot) {
        long bytes = size(slot);
        jdbc.sql(TRUNCATE.formatted(slot)).update();
        return new Truncated(slot, bytes);
    }

    private long size(int slot) {
        return jdbc.sql(SIZE.formatted(slot)).query(Long.class).single();
    }

    private static boolean isLockNotAvailable(DataAccessException e) {
        return e.getRootCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState());
    }
}

package dev.outbox.relay.internal.log;

import dev.outbox.event.AggregateRef;
import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.durability.Durability;
import dev.outbox.relay.internal.durability.JdbcWalFlush;
import dev.outbox.relay.internal.log.Position.Paging;
import dev.outbox.schema.OutboxTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The snapshot-difference cursor, after PgQ (Skype, 2007), whose batches are what one snapshot sees and the one before does
 * not.
 *
 * <ol>
 *   <li>A read takes the current snapshot and, with it, the events of transactions that the last snapshot could not see:
 *       those begun since ({@code xid >= xmax}) and those that were running then ({@code xid = any(running)}). Both are
 *       found by index, so a transaction that stays open for hours delays its own events and nothing else.
 *   <li>The events are sorted by {@code seq}. A writer draws {@code seq} while it holds its aggregate, so a snapshot that
 *       sees an event of an aggregate sees all earlier ones: they are in this read, with a lower {@code seq}, or in an
 *       earlier one.
 *   <li>A position in memory is worthless if a standby was promoted since the lane was acquired: the ids of transactions
 *       that the standby had not seen are assigned again. The read is refused; the lane has to be acquired again, with the
 *       position that the standby has. Once another relay has done that, the lane does not show any more that a standby was
 *       promoted, but it has another epoch, and the read of the old owner is refused because of that. A position in memory
 *       is also worthless if the server was stopped since: its storage may have been set back in the meantime, and as many
 *       transaction ids may have been assigned again. The lane is lost then.
 *   <li>What this snapshot sees is in the WAL, up to where the WAL ends now; the read waits until that is on disk. So no
 *       event is returned that a crash could take back, and no page of a backlog has to wait again. After the wait, the row
 *       of the lane is looked at once more: while the read waited, the server may have crashed or a standby may have been
 *       promoted, without the events, and the new WAL may have come as far.
 *   <li>A read without events does not wait, but as long as the WAL is not on disk its snapshot is not a valid position: a
 *       crash would give the ids of transactions that the snapshot considers finished to other transactions, whose events
 *       would never be read. The old position is kept. If there are writes all the time, it would be kept for ever, so after
 *       {@link #LAG} transactions such a read waits as well.
 *   <li>If the events fit the budget, the read is done and the current snapshot is the new position.
 *   <li>If not, it is a backlog. Both snapshots are kept and the events between them are paged by ranges of {@code seq}
 *       until the end of the sequence as it was then. Paging by {@code xid} would tear aggregates apart, because a
 *       transaction with a lower id may have committed later.
 *   <li>The beginning of a backlog is found without searching the backlog, however long it is. Transactions begun since draw
 *       higher numbers than the lane's {@code floor_seq}, which moves up with the position; the first event of each
 *       transaction that was running is looked up.
 * </ol>
 */
final class JdbcOutboxLog implements OutboxLog {

    /** Whether the row of the lane still says what it said when the position was acquired, as {@link Hold} names it. */
    private static final String HOLD = """
            select case
                when epoch <> :epoch then 'LOST'
                when split_part(history, '/', 2) <> substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
                    then 'PROMOTED'
                when split_part(history, '/', 3)
                        not in ('', (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint::text)
                    then 'RESTARTED'
                else 'HELD'
            end
            from outbox_lane
            where lane * 64 / lanes = :firstBucket
            """;

    /**
     * Both branches are limited without sorting them: a backlog is only noticed here. The first branch is read in index
     * order; otherwise a backlog that is a large part of the table would be found by scanning the table, including
     * everything that is published. {@code xid <= :anyXid} is always true. Without it, the plan that PostgreSQL keeps for
     * any value of {@code xmax} estimates a third of the table to be new, and scans all of it; a range between two unknown
     * values is estimated to be small.
     */
    private static final String READ_NEW = """
            select
                pg_current_snapshot()::text as snapshot,
                (select last_value from outbox_event_seq) as last_seq,
                (select pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()) as flushed,
                (select pg_current_wal_insert_lsn()::text) as wal,
                (%1$s) as hold,
                event.*
            from (values (true)) as always left join (
                select *
                from (
                    select
                        *,
                        count(*) over () >= :rows as is_cut,
                        sum(octet_length(payload)) over (order by seq rows unbounded preceding) - octet_length(payload)
                            as bytes_before
                    from (
                        (
                            select %2$s
                            from outbox_event
                            where xid >= :xmax and xid <= :anyXid and bucket between :firstBucket and :lastBucket
                            order by xid
                            limit :rows
                        )
                        union all
                        (
                            select %2$s
                            from outbox_event
                            where xid = any (cast(:running as bigint[])) and bucket between :firstBucket and :lastBucket
                            limit :rows
                        )
                    ) as found
                ) as measured
                where bytes_before < :bytes
            ) as event on true
            order by event.seq
            """.formatted(HOLD, OutboxRowMapper.COLUMNS);

    /** The events of the backlog come after this number. */
    private static final String BACKLOG_START = """
            select least(
                (
                    select min(first_event.seq) - 1
                    from unnest(cast(:running as bigint[])) as running (xid) cross join lateral (
                        select seq
                        from outbox_event
                        where xid = running.xid
                        order by xid, seq
                        limit 1
                    ) as first_event
                ),
                (
                    select coalesce(max(floor_seq), 0)
                    from outbox_lane
                    where lane * 64 / lanes = :firstBucket and floor_xid < :xmax
                )
            )
            """;

    /**
     * Most of the cost of a page is this statement. It leaves out payloads that are above their share of the budget, because
     * adding up the bytes of all payloads would cost as much again.
     *
     * <p>{@code xid + 0} keeps the planner off the index on xid, whose range is the whole backlog, for each page.
     */
    private static final String READ_BACKLOG = """
            select
                (%1$s) as hold,
                seq, aggregate_seq, id, type, version, aggregatetype, aggregateid,
                topic, source, created_at, contenttype, headers,
                case when octet_length(payload) <= :share then payload end as payload
            from outbox_event
            where seq > :after and seq <= :through
                and (xid + 0 >= :xmax or xid + 0 = any (cast(:running as bigint[])))
                and xid + 0 < :nextXmax and xid + 0 <> all (cast(:nextRunning as bigint[]))
                and bucket between :firstBucket and :lastBucket
            order by seq
            limit :rows
            """.formatted(HOLD);

    /** The same with large payloads, as many as the budget allows. */
    private static final String READ_LARGE = """
            select *
            from (
                select
                    *,
                    sum(octet_length(payload)) over (order by seq rows unbounded preceding) - octet_length(payload)
                        as bytes_before
                from (
                    select
                        (%1$s) as hold,
                        %2$s
                    from outbox_event
                    where seq > :after and seq <= :through
                        and (xid + 0 >= :xmax or xid + 0 = any (cast(:running as bigint[])))
                        and xid + 0 < :nextXmax and xid + 0 <> all (cast(:nextRunning as bigint[]))
                        and bucket between :firstBucket and :lastBucket
                    order by seq
                    limit :rows
                ) as page
            ) as measured
            where bytes_before < :bytes
            order by seq
            """.formatted(HOLD, OutboxRowMapper.COLUMNS);

    /** A range of numbers, large enough to pass gaps and what was read before quickly. */
    private static final int SHORTEST_RANGE = 10_000;

    /** For how many transactions a position is kept while there are no events and the WAL is not on disk. */
    private static final int LAG = 1_000;

    private final JdbcClient jdbc;
    private final JdbcWalFlush walFlush;
    private final OutboxRowMapper rowMapper = new OutboxRowMapper();

    JdbcOutboxLog(DataSource dataSource, OutboxTables tables, Durability durability) {
        this.jdbc = tables.client(dataSource);
        this.walFlush = new JdbcWalFlush(jdbc, BoundedTransaction.postgres(dataSource), durability);
    }

    @Override
    public OutboxPage read(LaneEpoch lane, Position after, ReadBudget budget) {
        Paging paging = after.paging();
        if (paging == null) {
            return readNew(lane, after, budget);
        }
        // The end of a backlog does not mean that the lane has caught up: the backlog ends where the database was
        // when it began.
        boolean ended = paging.seq() == paging.lastSeq();
        return ended
                ? readNew(lane, Position.at(paging.next()), budget)
                : readBacklog(lane, after.done(), paging, budget);
    }

    @Override
    public void awaitDurable(LaneEpoch lane, Position after, String wal) {
        awaitDurable(lane, after, wal, true);
    }

    private void awaitDurable(LaneEpoch lane, Position after, String wal, boolean flushed) {
        if (walFlush.await(wal, flushed)) {
            requireHeld(lane, hold(lane), after);
        }
    }

    private OutboxPage readNew(LaneEpoch lane, Position after, ReadBudget budget) {
        NewEvents found = jdbc.sql(READ_NEW)
                .param("xmax", after.done().xmax())
                .param("anyXid", Long.MAX_VALUE)
                .param("running", transactions(after.done()))
                .param("epoch", lane.epoch())
                .param("firstBucket", lane.buckets().first())
                .param("lastBucket", lane.buckets().last())
                .param("rows", budget.rows())
                .param("bytes", budget.bytes())
                .query(this::newEvents);
        requireHeld(lane, found.hold(), after);
        Snapshot current = found.snapshot();
        if (current.xmax() < after.done().xmax()) {
            throw new PositionAheadException(after, current.xmax());
        }
        List<OutboxRow> rows = found.rows();
        if (rows.isEmpty()) {
            return new OutboxPage(rows, endWithoutEvents(after, found));
        }
        awaitDurable(lane, after, found.wal(), found.isFlushed());
        if (found.isCut()) {
            long start = Math.min(backlogStart(lane.buckets(), after.done()), found.lastSeq());
            return readBacklog(lane, after.done(), new Paging(current, start, found.lastSeq()), budget);
        }
        Position end = budget.isSpentBy(rows)
                ? new Position(after.done(), new Paging(current, lastSeq(rows), found.lastSeq()))
                : Position.at(current);
        return new OutboxPage(rows, end);
    }

    private Position endWithoutEvents(Position after, NewEvents found) {
        if (found.isFlushed()) {
            return Position.at(found.snapshot());
        }
        if (found.snapshot().xmax() - after.done().xmax() <= LAG) {
            return after;
        }
        walFlush.awaitServer(found.wal());
        return Position.at(found.snapshot());
    }

    private long backlogStart(BucketRange buckets, Snapshot done) {
        return jdbc.sql(BACKLOG_START)
                .param("running", transactions(done))
                .param("xmax", done.xmax())
                .param("firstBucket", buckets.first())
                .query(Long.class)
                .single();
    }

    private Hold hold(LaneEpoch lane) {
        return jdbc.sql(HOLD)
                .param("epoch", lane.epoch())
                .param("firstBucket", lane.buckets().first())
                .query((row, rowNumber) -> Hold.valueOf(row.getString(1)))
                .optional()
                .orElse(Hold.LOST);
    }

    private OutboxPage readBacklog(LaneEpoch lane, Snapshot done, Paging paging, ReadBudget budget) {
        long through = Math.min(paging.seq() + range(lane.buckets(), budget), paging.lastSeq());
        BacklogEvents found = readPage(READ_BACKLOG, lane, done, paging, through, budget);
        if (found.rows().isEmpty() && found.isCut()) {
            found = readPage(READ_LARGE, lane, done, paging, through, budget);
        }
        requireHeld(lane, found.hold(), new Position(done, paging));
        List<OutboxRow> rows = found.rows();
        boolean isFull = rows.size() == budget.rows() || found.isCut() || budget.isSpentBy(rows);
        Paging reached = new Paging(paging.next(), isFull ? lastSeq(rows) : through, paging.lastSeq());
        return new OutboxPage(rows, new Position(done, reached));
    }

    private BacklogEvents readPage(
            String sql, LaneEpoch lane, Snapshot done, Paging paging, long through, ReadBudget budget) {
        return jdbc.sql(sql)
                .param("after", paging.seq())
                .param("through", through)
                .param("xmax", done.xmax())
                .param("running", transactions(done))
                .param("nextXmax", paging.next().xmax())
                .param("nextRunning", transactions(paging.next()))
                .param("epoch", lane.epoch())
                .param("firstBucket", lane.buckets().first())
                .param("lastBucket", lane.buckets().last())
                .param("rows", budget.rows())
                .param("share", budget.bytes() / budget.rows())
                .param("bytes", budget.bytes())
                .query(this::backlogEvents);
    }

    private static void requireHeld(LaneEpoch lane, Hold hold, Position position) {
        switch (hold) {
            case HELD -> {}
            case LOST, RESTARTED -> throw new LaneLostException(lane);
            case PROMOTED -> throw new ServerPromotedException(position);
        }
    }

    /** Far enough that the lane's share of the events fills a page, and no further: a read must not take long. */
    private static long range(BucketRange buckets, ReadBudget budget) {
        int width = buckets.last() - buckets.first() + 1;
        return (long) Math.max(budget.rows(), SHORTEST_RANGE) * AggregateRef.BUCKETS / width;
    }

    private NewEvents newEvents(ResultSet resultSet) throws SQLException {
        resultSet.next();
        return new NewEvents(
                Snapshot.parse(resultSet.getString("snapshot")),
                resultSet.getLong("last_seq"),
                resultSet.getString("wal"),
                resultSet.getBoolean("flushed"),
                hold(resultSet),
                resultSet.getBoolean("is_cut"),
                rows(resultSet));
    }

    /**
     * The first row always exists, because it carries what does not belong to an event; without an event its columns are
     * null.
     */
    private List<OutboxRow> rows(ResultSet resultSet) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        if (resultSet.getObject("seq") != null) {
            do {
                rows.add(rowMapper.mapRow(resultSet, rows.size()));
            } while (resultSet.next());
        }
        return rows;
    }

    /** Reads rows up to the first one without its payload. */
    private BacklogEvents backlogEvents(ResultSet resultSet) throws SQLException {
        List<OutboxRow> rows = new ArrayList<>();
        if (!resultSet.next()) {
            return new BacklogEvents(rows, false, Hold.HELD);
        }
        Hold hold = hold(resultSet);
        do {
            if (resultSet.getBytes("payload") == null) {
                return new BacklogEvents(rows, true, hold);
            }
            rows.add(rowMapper.mapRow(resultSet, rows.size()));
        } while (resultSet.next());
        return new BacklogEvents(rows, false, hold);
    }

    /** After lanes were divided again, there may be none that begins with this bucket. */
    private static Hold hold(ResultSet resultSet) throws SQLException {
        String hold = resultSet.getString("hold");
        return hold == null ? Hold.LOST : Hold.valueOf(hold);
    }

    private static long lastSeq(List<OutboxRow> rows) {
        return rows.get(rows.size() - 1).seq();
    }

    private static SqlArrayValue transactions(Snapshot snapshot) {
        return new SqlArrayValue("int8", snapshot.running().toArray());
    }

    private record NewEvents(
            Snapshot snapshot,
            long lastSeq,
            String wal,
            boolean isFlushed,
            Hold hold,
            boolean isCut,
            List<OutboxRow> rows) {}

    /**
     * @param rows the events up to the first whose payload was left out
     * @param isCut whether there is such an event
     * @param hold unknown if there is no event. That does not matter: nothing is sent, and a save checks the epoch
     */
    private record BacklogEvents(List<OutboxRow> rows, boolean isCut, Hold hold) {}

    /** What the row of the lane says about a position that was acquired under one of its epochs. */
    private enum Hold {
        HELD,
        /** Another owner has acquired the lane since. */
        LOST,
        /** A standby has become the server since. */
        PROMOTED,
        /** The server was stopped since, and its storage may have been set back. */
        RESTARTED
    }
}

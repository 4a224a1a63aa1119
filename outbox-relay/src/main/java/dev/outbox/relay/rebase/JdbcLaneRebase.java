package dev.outbox.relay.rebase;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LanePositions;
import dev.outbox.relay.internal.log.LanePosition;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Position.Paging;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Changes the positions of the lanes and, with them, the rows of events to which no position of this server can refer.
 *
 * <p>In a database with stored events, which stay for ever, the lanes do not begin anew:
 *
 * <ol>
 *   <li>They begin at the first event that a slot still has, or at the floor of a lane if that comes earlier. What the lane has
 *     not published draws a higher number than the floor, whichever server it was written on; but for transactions that were
 *     running, which are looked up.
 *   <li>All lanes page from there to the end, as through any backlog, and then go on with what comes after this transaction.
 * </ol>
 */
final class JdbcLaneRebase implements LaneRebase {

    private static final String HAS_STORED = """
            select to_regclass('outbox_event_stored') is not null
            """;

    /** Events up to this number stay as they are. */
    private static final String START = """
            select least(
                (select min(seq) - 1 from outbox_event where slot >= 0),
                (select min(seq) - 1 from outbox_event where slot = -1 and xid = any (cast(:running as bigint[]))),
                (
                    select coalesce(
                        min(case
                            when floor_xid < split_part(split_part(position, '|', 1), ':', 2)::bigint then floor_seq
                            else 0
                        end),
                        0)
                    from outbox_lane
                ),
                (select last_value from outbox_event_seq))
            """;

    private static final String END = """
            select
                pg_current_snapshot()::text as snapshot,
                pg_current_xact_id()::text::bigint as xid,
                (select last_value from outbox_event_seq) as last_seq
            """;

    /** Rows that came with a dump carry transaction ids of the old server, which this server may still assign. */
    private static final String RECOUNT = """
            update outbox_event
            set xid = pg_current_xact_id()::text::bigint
            where xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    /** The same for events that no relay reads, but projections do. */
    private static final String RECOUNT_UNPUBLISHED = """
            update outbox_event_unpublished
            set xid = pg_current_xact_id()::text::bigint
            where xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    private final JdbcClient jdbc;
    private final LanePositions lanes;
    private final BoundedTransaction transaction;

    JdbcLaneRebase(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.lanes = LanePositions.postgres(dataSource, tables);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public int republish() {
        return transaction.execute(() -> {
            if (jdbc.sql(HAS_STORED).query(Boolean.class).single()) {
                return republishAfter(start());
            }
            int forgotten = lanes.forget();
            jdbc.sql(RECOUNT).update();
            return forgotten;
        });
    }

    @Override
    public int keep() {
        return lanes.keep();
    }

    private long start() {
        Object[] running = lanes.ofLanes().stream()
                .map(LanePosition::position)
                .filter(Objects::nonNull)
                .flatMap(position -> Position.parse(position).done().running().stream())
                .distinct()
                .toArray();
        return jdbc.sql(START)
                .param("running", new SqlArrayValue("int8", running))
                .query(Long.class)
                .single();
    }

    /** The position sees this transaction as finished: it is committed with the rows that it counts. */
    private int republishAfter(long seq) {
        jdbc.sql(RECOUNT).update();
        jdbc.sql(RECOUNT_UNPUBLISHED).update();
        return lanes.set(jdbc.sql(END)
                .query((row, rowNumber) -> new Position(
                        Snapshot.EMPTY,
                        new Paging(
                                Snapshot.parse(row.getString("snapshot")).with(List.of(row.getLong("xid"))),
                                seq,
                                row.getLong("last_seq"))))
                .single());
    }
}

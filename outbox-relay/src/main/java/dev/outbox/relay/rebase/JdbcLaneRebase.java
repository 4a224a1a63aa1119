package dev.outbox.relay.rebase;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on {@code outbox_lane} that an operator asks for. */
final class JdbcLaneRebase implements LaneRebase {

    /** Rows that came with a dump carry transaction ids of the old server, which this server may still assign. */
    private static final String RECOUNT = """
            update outbox_event
            set xid = pg_current_xact_id()::text::bigint
            where xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            """;

    private static final String FORGET = """
            update outbox_lane
            set owner = null, lease_until = null, epoch = epoch + 1, position = null, history = null,
                floor_seq = 0, floor_xid = 0, mark_seq = 0, mark_xid = 0
            """;

    private static final String KEEP = """
            update outbox_lane
            set owner = null, lease_until = null, epoch = epoch + 1, history = null
            where not exists (
                select 1 from outbox_lane
                where split_part(split_part(position, '|', 1), ':', 2)::bigint
                    > pg_snapshot_xmax(pg_current_snapshot())::text::bigint
            )
            """;

    private final JdbcClient jdbc;
    private final BoundedTransaction transaction;

    JdbcLaneRebase(DataSource dataSource, OutboxTables tables) {
        this.jdbc = tables.client(dataSource);
        this.transaction = BoundedTransaction.postgres(dataSource);
    }

    @Override
    public int republish() {
        return transaction.execute(() -> {
            int lanes = jdbc.sql(FORGET).update();
            jdbc.sql(RECOUNT).update();
            return lanes;
        });
    }

    @Override
    public int keep() {
        return transaction.single(() -> jdbc.sql(KEEP).update());
    }
}

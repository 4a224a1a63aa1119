package dev.outbox.relay.rebase;

import dev.outbox.internal.transaction.BoundedTransaction;
import dev.outbox.relay.internal.lease.LanePositions;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Changes the positions of the lanes and, with them, the rows of events to which no position of this server can refer. */
final class JdbcLaneRebase implements LaneRebase {

    /** Rows that came with a dump carry transaction ids of the old server, which this server may still assign. */
    private static final String RECOUNT = """
            update outbox_event
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
            int forgotten = lanes.forget();
            jdbc.sql(RECOUNT).update();
            return forgotten;
        });
    }

    @Override
    public int keep() {
        return lanes.keep();
    }
}

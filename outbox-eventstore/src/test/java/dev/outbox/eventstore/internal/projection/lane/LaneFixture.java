package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.LaneSwap;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Lanes that a test fills pass by pass. */
public final class LaneFixture {

    public static final Duration TTL = Duration.ofSeconds(30);

    private static final int BYTES = 1_000_000;

    private final DataSource dataSource;
    private final StoredLog log;
    private final ProjectionLanes lanes;
    private final LaneSwap swap;
    private final TransactionTemplate transactions;

    public LaneFixture(DataSource dataSource) {
        this(dataSource, StoredLog.of(dataSource, OutboxTables.ON_SEARCH_PATH));
    }

    public LaneFixture(DataSource dataSource, StoredLog log) {
        this.dataSource = dataSource;
        this.log = log;
        this.lanes = ProjectionLanes.of(dataSource, OutboxTables.ON_SEARCH_PATH);
        this.swap = LaneSwap.of(dataSource, OutboxTables.ON_SEARCH_PATH);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    public ProjectionLanes lanes() {
        return lanes;
    }

    public StoredLog log() {
        return log;
    }

    public LanePass pass() {
        return new LanePass(transactions, log, lanes, BYTES, System::nanoTime);
    }

    /**
     * Adds a projection.
     *
     * @param schema in which its tables are; null for the one that is looked at anyway
     */
    public GenerationRef serving(String projection, int count, @Nullable String schema, LogPosition start) {
        GenerationRef generation = new GenerationRef(projection, 1);
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("insert into outbox_projection values (:name, 'public')")
                .param("name", projection)
                .update();
        jdbc.sql("insert into outbox_projection_generation values (:name, 1, 1, :lanes, 'SERVING', 0)")
                .param("name", projection)
                .param("lanes", count)
                .update();
        transactions.executeWithoutResult(status -> swap.add(generation, count, schema, start));
        return generation;
    }

    public ProjectionLease acquire(GenerationRef generation, int lane, String owner) {
        return lanes.acquire(generation, lane, owner, TTL).orElseThrow();
    }
}

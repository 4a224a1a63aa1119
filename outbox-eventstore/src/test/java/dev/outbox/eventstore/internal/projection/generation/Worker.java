package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap.Outcome;
import dev.outbox.eventstore.internal.projection.lane.LanePass;
import dev.outbox.eventstore.internal.projection.lane.PassOutcome;
import dev.outbox.eventstore.internal.projection.lane.ProjectionLaneLostException;
import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.LaneSwap;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One instance of a service, on one thread: it fills the generations of its version, and swaps them. */
final class Worker {

    static final String PROJECTION = "accounts";

    private static final Duration TTL = Duration.ofSeconds(30);

    private static final int BYTES = 1_000_000;

    private final String name;
    private final ProjectionDefinition definition;
    private final int rows;
    private final Generations generations;
    private final ProjectionLanes lanes;
    private final LanePass pass;
    private final GenerationStart start;
    private final GenerationSwap swap;
    private final Map<String, ProjectionLease> leases = new HashMap<>();

    Worker(String name, DataSource dataSource, int version, int lanes, int rows) {
        this.name = name;
        this.rows = rows;
        this.definition = new ProjectionDefinition(
                PROJECTION,
                version,
                List.of("balance"),
                lanes,
                ProjectionStart.BEGINNING,
                Accounts.projection(dataSource),
                true);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        OutboxTables tables = OutboxTables.ON_SEARCH_PATH;
        StoredLog log = StoredLog.of(dataSource, tables);
        LaneSwap laneSwap = LaneSwap.of(dataSource, tables);
        GenerationStores stores = GenerationStores.of(dataSource, tables);
        this.generations = stores.generations();
        this.lanes = ProjectionLanes.of(dataSource, tables);
        this.pass = new LanePass(transactions, log, this.lanes, BYTES, System::nanoTime);
        this.start = new GenerationStart(transactions, stores, laneSwap, log);
        this.swap = new GenerationSwap(
                transactions, stores, laneSwap, log, new GenerationSwap.Limits(Duration.ofMillis(200), rows, BYTES));
    }

    GenerationStart start() {
        return start;
    }

    GenerationSwap swap() {
        return swap;
    }

    ProjectionDefinition definition() {
        return definition;
    }

    Optional<Generation> generation(GenerationState state) {
        return GenerationSwap.of(generations.of(PROJECTION), state);
    }

    /** {@return whether all lanes of a generation have handled everything, after a pass in each} */
    boolean fill(GenerationState state) {
        Optional<Generation> found =
                generation(state).filter(generation -> generation.version() == definition.version());
        if (found.isEmpty()) {
            return false;
        }
        boolean isCaughtUp = true;
        for (int lane = 0; lane < found.get().lanes(); lane++) {
            isCaughtUp &= fill(found.get(), lane);
        }
        return isCaughtUp;
    }

    /** A pass under the lease that was taken first, whatever has happened since. */
    boolean fill(Generation generation, int lane) {
        GenerationRef ref = generation.ref();
        ProjectionLease lease = leases.get(ref + "/" + lane);
        if (lease == null) {
            Optional<ProjectionLease> acquired = lanes.acquire(ref, lane, name, TTL);
            if (acquired.isEmpty()) {
                return false;
            }
            lease = acquired.get();
            leases.put(ref + "/" + lane, lease);
        }
        try {
            PassOutcome result = pass.run(lease, Buckets.of(lane, generation.lanes()), definition.sink(), rows);
            return result.isLast();
        } catch (ProjectionLaneLostException lost) {
            leases.remove(ref + "/" + lane);
            return false;
        }
    }

    /** Lets a generation later than this one serve. */
    void rebuildBeyond(int number) {
        while (generation(GenerationState.SERVING).orElseThrow().ref().number() <= number) {
            if (generation(GenerationState.BUILDING).isEmpty()) {
                start.rebuild(definition);
            }
            fill(GenerationState.SERVING);
            if (fill(GenerationState.BUILDING)) {
                Outcome outcome = swap.finish(definition);
                if (outcome == Outcome.NOTHING) {
                    throw new IllegalStateException("What was built is gone");
                }
            }
        }
        swap.dropOld(PROJECTION);
    }
}

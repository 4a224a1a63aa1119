package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.lane.EventFailedException;
import dev.outbox.eventstore.internal.projection.lane.EventHandling;
import dev.outbox.eventstore.internal.projection.lane.ServerFailure;
import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.log.LogPage;
import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.LaneRow;
import dev.outbox.eventstore.internal.projection.store.LaneSwap;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes.Handled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Changes which generation serves, in one transaction.
 *
 * <ol>
 *   <li>The projection is locked, and then the lanes of both generations: no handlers run any more.
 *   <li>The generation that was built handles what has been committed since its last pass, in this transaction. As its lanes are
 *       read after those of the serving one were locked, it has everything that the serving one has: who reads the tables before and
 *       after the swap never sees them go back.
 *   <li>The tables that serve are moved to the schema of their generation, and those that were built to where they were. Readers
 *       wait for that, and find the new tables under the old names.
 *   <li>All epochs are raised: a process that does not know of the swap would fill the tables of the one generation with the events
 *       of the other.
 * </ol>
 *
 * <p>Whoever moves a table waits for its readers, and new readers wait for whoever moves it. So it waits 200 milliseconds at most
 * before it gives up, takes everything back, and is tried again later. A process that dies meanwhile leaves everything as it was.
 *
 * <p>Thread-safe.
 */
public final class GenerationSwap {

    /** How many pages of a lane the swap handles itself; whatever is further behind has to catch up first. */
    private static final int PAGES = 4;

    private static final int PATIENT_ATTEMPTS = 25;

    private final TransactionTemplate transactions;
    private final Generations generations;
    private final ProjectedTables tables;
    private final LaneSwap lanes;
    private final StoredLog stored;
    private final Limits limits;
    private final GenerationRemoval removal;

    public GenerationSwap(
            TransactionTemplate transactions,
            GenerationStores stores,
            LaneSwap lanes,
            StoredLog stored,
            Limits limits) {
        this.transactions = transactions;
        this.generations = stores.generations();
        this.tables = stores.tables();
        this.removal = new GenerationRemoval(stores, lanes);
        this.lanes = lanes;
        this.stored = stored;
        this.limits = limits;
    }

    /** {@return what became of the attempt to let the generation serve that is being built} */
    public Outcome finish(ProjectionDefinition projection) {
        try {
            return Objects.requireNonNull(transactions.execute(status -> swapIn(projection, status)));
        } catch (EventFailedException failed) {
            // The lane comes to it as well, and says so.
            return Outcome.BEHIND;
        } catch (RuntimeException failed) {
            if (ServerFailure.isOfLocks(failed)) {
                return Outcome.BUSY;
            }
            throw failed;
        }
    }

    /**
     * Lets the generation serve again that has served before. It goes on where it was.
     *
     * @throws IllegalStateException if there is none, or a rebuild is under way
     * @throws org.springframework.dao.DataAccessException if transactions do not let go of the tables
     */
    public void rollback(String projection) {
        patiently(() -> transactions.executeWithoutResult(status -> {
            tables.waitForLocks(limits.lockTimeout());
            lock(projection);
            List<Generation> known = generations.of(projection);
            if (of(known, GenerationState.BUILDING).isPresent()) {
                throw new IllegalStateException(
                        "Projection '%s' is being rebuilt; cancel that first".formatted(projection));
            }
            Generation serving = of(known, GenerationState.SERVING).orElseThrow();
            Generation before = of(known, GenerationState.RETIRED)
                    .filter(generation -> !generation.isOutlived())
                    .orElseThrow(() -> new IllegalStateException(
                            "Projection '%s' has no earlier generation to go back to".formatted(projection)));
            lanes.lock(serving.ref());
            lanes.lock(before.ref());
            exchange(serving, before);
        }));
    }

    /**
     * Ends a rebuild, and drops what it has built.
     *
     * @throws IllegalStateException if none is under way
     * @throws org.springframework.dao.DataAccessException if its handlers do not let go of the tables
     */
    public void cancel(String projection) {
        patiently(() -> transactions.executeWithoutResult(status -> {
            tables.waitForLocks(limits.lockTimeout());
            lock(projection);
            Generation building = of(generations.of(projection), GenerationState.BUILDING)
                    .orElseThrow(() ->
                            new IllegalStateException("Projection '%s' is not being rebuilt".formatted(projection)));
            removal.remove(building, GenerationState.CANCELLED);
        }));
    }

    /** Drops the tables of generations that have served, except for the last one of them if it may be kept. */
    public void dropOld(String projection) {
        List<Generation> known = generations.of(projection);
        Optional<Generation> kept = of(known, GenerationState.RETIRED).filter(generation -> !generation.isOutlived());
        List<Generation> old = known.stream()
                .filter(generation -> generation.state() == GenerationState.RETIRED)
                .filter(generation -> !Optional.of(generation).equals(kept))
                .toList();
        for (Generation generation : old) {
            transactions.executeWithoutResult(status -> {
                tables.waitForLocks(limits.lockTimeout());
                removal.remove(generation, GenerationState.DROPPED);
            });
        }
    }

    private Outcome swapIn(ProjectionDefinition projection, TransactionStatus status) {
        tables.waitForLocks(limits.lockTimeout());
        if (!generations.tryLock(projection.name())) {
            return Outcome.BUSY;
        }
        List<Generation> known = generations.of(projection.name());
        Optional<Generation> built =
                of(known, GenerationState.BUILDING).filter(generation -> generation.version() == projection.version());
        if (built.isEmpty()) {
            return Outcome.NOTHING;
        }
        Generation building = built.get();
        Generation serving = of(known, GenerationState.SERVING).orElseThrow();
        lanes.lock(serving.ref());
        if (!catchUp(building, projection)) {
            status.setRollbackOnly();
            return Outcome.BEHIND;
        }
        status.flush();
        tables.lookAsBefore();
        exchange(serving, building);
        return Outcome.SWAPPED;
    }

    private boolean catchUp(Generation building, ProjectionDefinition projection) {
        List<LaneRow> rows = lanes.lock(building.ref());
        tables.lookFirstIn(building.schema());
        for (int lane = 0; lane < rows.size(); lane++) {
            if (!catchUp(building, lane, rows.get(lane), projection)) {
                return false;
            }
        }
        return true;
    }

    private boolean catchUp(Generation building, int lane, LaneRow row, ProjectionDefinition projection) {
        LogPosition position = row.position();
        for (int page = 0; page < PAGES; page++) {
            LogPage found = stored.read(Buckets.of(lane, building.lanes()), position, limits.rows(), limits.bytes());
            EventHandling.of(projection.name(), found.events(), row, projection.sink());
            lanes.save(
                    building.ref(),
                    lane,
                    new Handled(found.end(), found.events().size(), 0, EventHandling.passes(found.events(), row)));
            if (found.isLast()) {
                return true;
            }
            position = found.end();
        }
        return false;
    }

    /** Moves the tables, and says which generation serves. */
    private void exchange(Generation serving, Generation next) {
        List<String> incoming = tables.in(next.schema());
        List<String> outgoing = new ArrayList<>(tables.in(serving.home()));
        outgoing.retainAll(incoming);
        tables.move(outgoing, serving.home(), serving.schema());
        tables.move(incoming, next.schema(), next.home());
        tables.drop(next.schema());
        generations.set(serving.ref(), GenerationState.RETIRED);
        generations.set(next.ref(), GenerationState.SERVING);
        lanes.retire(serving.ref());
        lanes.serve(next.ref());
    }

    private void lock(String projection) {
        if (!generations.tryLock(projection)) {
            throw new IllegalStateException(
                    "Projection '%s' does not exist, or somebody else is changing it".formatted(projection));
        }
    }

    /** Each attempt waits for locks for a while itself. */
    private static void patiently(Runnable change) {
        for (int attempt = 1; ; attempt++) {
            try {
                change.run();
                return;
            } catch (RuntimeException failed) {
                if (attempt == PATIENT_ATTEMPTS || !ServerFailure.isOfLocks(failed)) {
                    throw failed;
                }
            }
        }
    }

    /** {@return the last generation that is there for something} */
    static Optional<Generation> of(List<Generation> known, GenerationState state) {
        return known.stream()
                .filter(generation -> generation.state() == state)
                .max(Comparator.comparing(generation -> generation.ref().number()));
    }

    /** What became of an attempt to let a generation serve. */
    public enum Outcome {
        /** It serves. */
        SWAPPED,
        /** There is none, or it is one of another version. */
        NOTHING,
        /** Somebody reads the tables or changes the projection; it is tried again. */
        BUSY,
        /** It has not handled what there is. */
        BEHIND
    }

    /**
     * How much a swap may do and wait.
     *
     * @param lockTimeout how long readers may have to wait
     * @param rows how many events of a page
     * @param bytes payload bytes of a page, about
     */
    public record Limits(Duration lockTimeout, int rows, long bytes) {}
}

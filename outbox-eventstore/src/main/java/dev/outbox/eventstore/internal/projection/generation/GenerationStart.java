package dev.outbox.eventstore.internal.projection.generation;

import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.LaneSwap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Begins generations.
 *
 * <ol>
 *   <li>The first one serves at once: services read its tables while it fills them.
 *   <li>A class whose version is higher than any that was ever begun begins a generation that is built beside the one that serves. A
 *       version that was cancelled or rolled back is not begun again by itself.
 *   <li>Tables, lanes and the row of the generation are made in one transaction, under the lock of the projection. A process that
 *       dies in it leaves nothing behind.
 * </ol>
 *
 * <p>Thread-safe.
 */
public final class GenerationStart {

    private final TransactionTemplate transactions;
    private final Generations generations;
    private final ProjectedTables tables;
    private final LaneSwap lanes;
    private final StoredLog stored;
    private final GenerationRemoval removal;

    public GenerationStart(
            TransactionTemplate transactions, GenerationStores stores, LaneSwap lanes, StoredLog stored) {
        this.transactions = transactions;
        this.generations = stores.generations();
        this.tables = stores.tables();
        this.removal = new GenerationRemoval(stores, lanes);
        this.lanes = lanes;
        this.stored = stored;
    }

    /**
     * Checks that the tables exist, and that they can be rebuilt.
     *
     * @throws InvalidProjectionException if not; the message says why
     */
    public void check(ProjectionDefinition projection) {
        String home = tables.home(projection.name(), projection.tables());
        if (!Generation.isNameable(home, projection.name())) {
            throw new InvalidProjectionException(
                    "The name of projection '%s' is too long: the schemas of its generations are named %s"
                            .formatted(
                                    projection.name(),
                                    Generation.schema(home, new GenerationRef(projection.name(), 1))),
                    "Give it a shorter name in @Projection.");
        }
        List<String> obstacles = tables.obstacles(home, projection.tables());
        if (!obstacles.isEmpty()) {
            throw new InvalidProjectionException(
                    "Tables of projection '%s' could not be rebuilt, because a copy would not be the same: %s"
                            .formatted(projection.name(), String.join("; ", obstacles)),
                    "Remove that: the tables of a projection are filled by its handlers alone, and everything in them can be"
                            + " made again.");
        }
    }

    /** {@return the generation that a service which has been deployed needs, and which was begun now; empty if there was one} */
    public Optional<GenerationRef> deploy(ProjectionDefinition projection) {
        if (!needs(projection, generations.of(projection.name()))) {
            return Optional.empty();
        }
        return begin(projection, this::needs);
    }

    /**
     * Begins a rebuild.
     *
     * @return the generation
     * @throws IllegalStateException if one is under way, or another version serves
     */
    public GenerationRef rebuild(ProjectionDefinition projection) {
        return begin(projection, GenerationStart::requireRebuildable).orElseThrow();
    }

    /**
     * {@return the generation that replaces the one that serves, because a subject was forgotten whose data that one may have; empty
     * if there is no need, or one is being built}
     */
    public Optional<GenerationRef> replaceOutlived(ProjectionDefinition projection) {
        return begin(projection, GenerationStart::isOutlived);
    }

    private static boolean isOutlived(ProjectionDefinition projection, List<Generation> known) {
        return known.stream().noneMatch(generation -> generation.state() == GenerationState.BUILDING)
                && known.stream()
                        .anyMatch(generation -> generation.state() == GenerationState.SERVING
                                && generation.isOutlived()
                                && generation.version() == projection.version());
    }

    private Optional<GenerationRef> begin(ProjectionDefinition projection, Condition condition) {
        check(projection);
        String home = tables.home(projection.name(), projection.tables());
        // Counted before anything is locked, because it takes a while.
        long target = stored.size();
        return Objects.requireNonNull(transactions.execute(status -> {
            generations.lock(projection.name(), home);
            List<Generation> known = generations.of(projection.name());
            if (!condition.holds(projection, known)) {
                return Optional.<GenerationRef>empty();
            }
            requireHome(projection, known, home);
            known.stream()
                    .filter(other -> other.state() == GenerationState.BUILDING)
                    .forEach(building -> removal.remove(building, GenerationState.CANCELLED));
            return Optional.of(add(projection, known, home, target));
        }));
    }

    private GenerationRef add(ProjectionDefinition projection, List<Generation> known, String home, long target) {
        GenerationRef ref = new GenerationRef(projection.name(), known.size() + 1);
        GenerationState state = known.isEmpty() ? GenerationState.SERVING : GenerationState.BUILDING;
        if (state == GenerationState.BUILDING) {
            tables.copy(home, projection.tables(), Generation.schema(home, ref));
        }
        generations.add(ref, projection.version(), projection.lanes(), state, target);
        lanes.add(
                ref,
                projection.lanes(),
                state == GenerationState.BUILDING ? Generation.schema(home, ref) : null,
                projection.start().in(stored));
        return ref;
    }

    private boolean needs(ProjectionDefinition projection, List<Generation> known) {
        return known.stream().allMatch(generation -> generation.version() < projection.version());
    }

    private static boolean requireRebuildable(ProjectionDefinition projection, List<Generation> known) {
        for (Generation generation : known) {
            if (generation.state() == GenerationState.BUILDING) {
                throw new IllegalStateException(
                        "Projection '%s' is being rebuilt already; cancel that first".formatted(projection.name()));
            }
            if (generation.state() == GenerationState.SERVING && generation.version() > projection.version()) {
                throw new IllegalStateException(
                        "Version %d of projection '%s' serves, and this service has version %d: roll back, or ask a service of that version"
                                .formatted(generation.version(), projection.name(), projection.version()));
            }
        }
        return true;
    }

    private static void requireHome(ProjectionDefinition projection, List<Generation> known, String home) {
        for (Generation generation : known) {
            if (!generation.home().equals(home)) {
                throw new InvalidProjectionException(
                        "The tables of projection '%s' were in schema %s, and this connection finds them in %s"
                                .formatted(projection.name(), generation.home(), home),
                        "Correct the search_path of the connections, or give the projection another name.");
            }
        }
    }

    /** Whether a generation is to be begun. */
    @FunctionalInterface
    private interface Condition {

        boolean holds(ProjectionDefinition projection, List<Generation> known);
    }
}

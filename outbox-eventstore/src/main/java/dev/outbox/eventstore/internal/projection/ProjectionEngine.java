package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.internal.projection.generation.Generation;
import dev.outbox.eventstore.internal.projection.generation.GenerationStart;
import dev.outbox.eventstore.internal.projection.generation.GenerationState;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap;
import dev.outbox.eventstore.internal.projection.generation.Generations;
import dev.outbox.eventstore.internal.projection.generation.ProjectionDefinition;
import dev.outbox.eventstore.internal.projection.lane.LaneRunner;
import dev.outbox.eventstore.internal.projection.lane.LaneSettings;
import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.store.ProjectionLaneState;
import dev.outbox.eventstore.internal.projection.store.SkippedEvent;
import dev.outbox.eventstore.internal.subject.OnForgetting;
import dev.outbox.eventstore.projection.ProjectionStatus;
import dev.outbox.eventstore.projection.ProjectionStoppedException;
import dev.outbox.eventstore.projection.Projections;
import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.internal.wakeup.CommitHint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The projections of this service, their threads, and what people ask of them. Thread-safe. */
final class ProjectionEngine implements Projections, OnForgetting, CommitHint, SmartLifecycle {

    private static final Duration SHORTEST_LOOK = Duration.ofMillis(2);

    private static final Duration LONGEST_LOOK = Duration.ofMillis(50);

    private final SortedMap<String, RunningProjection> projections = new TreeMap<>();
    private final List<BackgroundLoop> loops = new ArrayList<>();
    private final List<ProjectionControl> controls = new ArrayList<>();
    private final Generations generations;
    private final GenerationStart start;
    private final GenerationSwap swap;
    private final LaneRunner.Parts parts;
    private final LongSupplier nanos;
    private volatile boolean running;

    ProjectionEngine(Generations generations, GenerationStart start, GenerationSwap swap, LaneRunner.Parts parts) {
        this.generations = generations;
        this.start = start;
        this.swap = swap;
        this.parts = parts;
        this.nanos = parts.nanos();
    }

    /**
     * Adds a projection, before the first start.
     *
     * @param settings null if this instance fills no lanes
     * @throws dev.outbox.eventstore.internal.projection.generation.InvalidProjectionException if its tables cannot be rebuilt
     */
    void add(ProjectionDefinition definition, @Nullable LaneSettings settings, ProjectionMeters meters) {
        start.check(definition);
        RunningProjection projection = new RunningProjection(definition, meters, nanos);
        projections.put(definition.name(), projection);
        if (settings != null) {
            run(projection, settings);
        }
    }

    private void run(RunningProjection projection, LaneSettings settings) {
        ProjectionControl control = new ProjectionControl(projection, generations, start, swap, parts.lanes());
        controls.add(control);
        loops.add(control);
        for (GenerationState role : List.of(GenerationState.SERVING, GenerationState.BUILDING)) {
            for (int index = 0; index < projection.definition().lanes(); index++) {
                ProjectionLoop loop = new ProjectionLoop(projection, role, index, parts, settings);
                projection.add(loop);
                loops.add(loop);
            }
        }
    }

    /** {@return the projections of this service, by name} */
    Map<String, RunningProjection> projections() {
        return projections;
    }

    @Override
    public void committed() {
        projections.values().forEach(RunningProjection::wake);
    }

    @Override
    public List<ProjectionStatus> status() {
        return projections.keySet().stream().map(this::status).toList();
    }

    @Override
    public ProjectionStatus status(String projection) {
        ProjectionDefinition definition = find(projection).definition();
        List<Generation> known = generations.of(projection);
        return new ProjectionStatus(
                projection,
                definition.version(),
                of(known, GenerationState.SERVING)
                        .map(generation ->
                                Statuses.serving(generation, parts.lanes().states(generation.ref())))
                        .orElse(null),
                of(known, GenerationState.BUILDING)
                        .map(generation ->
                                Statuses.rebuild(generation, parts.lanes().states(generation.ref())))
                        .orElse(null),
                of(known, GenerationState.RETIRED)
                        .filter(generation -> !generation.isOutlived())
                        .isPresent());
    }

    /** The projections are marked with the commit, so that no crash leaves one as it is, and are rebuilt after it. */
    @Override
    public void forget(String subject) {
        List<String> affected = projections.values().stream()
                .map(RunningProjection::definition)
                .filter(ProjectionDefinition::forgets)
                .map(ProjectionDefinition::name)
                .toList();
        affected.forEach(generations::outlive);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                controls.forEach(ProjectionControl::hint);
            }
        });
    }

    @Override
    public int rebuild(String projection) {
        int generation = start.rebuild(find(projection).definition()).number();
        controls.forEach(ProjectionControl::hint);
        return generation;
    }

    @Override
    public void cancel(String projection) {
        find(projection);
        swap.cancel(projection);
        controls.forEach(ProjectionControl::hint);
    }

    @Override
    public void rollback(String projection) {
        find(projection);
        swap.rollback(projection);
        controls.forEach(ProjectionControl::hint);
    }

    @Override
    public void skip(String projection, UUID event, String decidedBy, String reason) {
        RunningProjection running = find(projection);
        if (decidedBy.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("A decision to skip an event says who has decided and why");
        }
        if (parts.lanes().skip(new SkippedEvent(projection, event, decidedBy, reason)) == 0) {
            throw new IllegalStateException(
                    "No lane of projection '%s' has stopped at event %s".formatted(projection, event));
        }
        running.decided();
    }

    @Override
    public boolean await(String projection, Appended appended, Duration timeout) {
        RunningProjection awaited = find(projection);
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "Projection '%s' cannot handle what is not committed: wait for it after the transaction"
                            .formatted(projection));
        }
        long end = nanos.getAsLong() + timeout.toNanos();
        Duration look = SHORTEST_LOOK;
        for (long seen = awaited.commits(); !isPast(projection, appended); seen = awaited.commits()) {
            long left = end - nanos.getAsLong();
            if (left <= 0) {
                return false;
            }
            try {
                awaited.awaitCommit(seen, left < look.toNanos() ? Duration.ofNanos(left) : look);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
            look = look.multipliedBy(2).compareTo(LONGEST_LOOK) > 0 ? LONGEST_LOOK : look.multipliedBy(2);
        }
        return true;
    }

    private boolean isPast(String projection, Appended appended) {
        Optional<Generation> serving = of(generations.of(projection), GenerationState.SERVING);
        if (serving.isEmpty()) {
            return false;
        }
        Generation generation = serving.get();
        List<Integer> behind = appended.versions().keySet().stream()
                .map(stream -> Buckets.laneOf(stream.bucket(), generation.lanes()))
                .distinct()
                .filter(lane ->
                        !parts.lanes().isPast(generation.ref(), lane, appended.transaction(), appended.lastSeq()))
                .toList();
        if (!behind.isEmpty()) {
            requireMoving(projection, generation, behind);
        }
        return behind.isEmpty();
    }

    private void requireMoving(String projection, Generation generation, List<Integer> behind) {
        for (ProjectionLaneState lane : parts.lanes().states(generation.ref())) {
            if (lane.failed() != null && behind.contains(lane.lane())) {
                throw new ProjectionStoppedException("Lane %d of projection '%s' has stopped at %s of %s (%s): %s"
                        .formatted(
                                lane.lane(),
                                projection,
                                lane.failed().type(),
                                lane.failed().stream(),
                                lane.failed().id(),
                                lane.failed().reason()));
            }
        }
    }

    @Override
    public void start() {
        running = true;
        loops.forEach(BackgroundLoop::start);
    }

    @Override
    public void stop() {
        BackgroundLoop.stopAndWait(this);
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        AtomicInteger left = new AtomicInteger(loops.size());
        if (loops.isEmpty()) {
            callback.run();
        }
        loops.forEach(loop -> loop.stop(() -> {
            if (left.decrementAndGet() == 0) {
                callback.run();
            }
        }));
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private RunningProjection find(String projection) {
        RunningProjection found = projections.get(projection);
        if (found == null) {
            throw new IllegalArgumentException("There is no projection '%s' in this service, but %s"
                    .formatted(projection, projections.isEmpty() ? "none at all" : projections.keySet()));
        }
        return found;
    }

    private static Optional<Generation> of(List<Generation> known, GenerationState state) {
        return known.stream().filter(generation -> generation.state() == state).reduce((earlier, later) -> later);
    }
}

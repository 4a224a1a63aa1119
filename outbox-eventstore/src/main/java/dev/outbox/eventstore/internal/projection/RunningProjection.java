package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.Generation;
import dev.outbox.eventstore.internal.projection.generation.GenerationState;
import dev.outbox.eventstore.internal.projection.generation.ProjectionDefinition;
import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.projection.ProjectionStatus.Rebuild;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A projection of this service, and what this process remembers of it. Thread-safe. */
final class RunningProjection {

    private final ProjectionDefinition definition;
    private final ProjectionMeters meters;
    private final LongSupplier nanos;
    private final Map<LaneKey, LaneWatch> watches = new ConcurrentHashMap<>();
    private final List<ProjectionLoop> loops = new CopyOnWriteArrayList<>();
    private final Object committed = new Object();
    private long commits;
    private volatile List<Generation> known = List.of();
    private volatile @Nullable Rebuild rebuild;

    RunningProjection(ProjectionDefinition definition, ProjectionMeters meters, LongSupplier nanos) {
        this.definition = definition;
        this.meters = meters;
        this.nanos = nanos;
        meters.watch(this::behind, () -> stopped().size(), this::rebuilt);
    }

    ProjectionDefinition definition() {
        return definition;
    }

    ProjectionMeters meters() {
        return meters;
    }

    void add(ProjectionLoop loop) {
        loops.add(loop);
    }

    /** {@return whether this instance fills it} */
    boolean isRun() {
        return !loops.isEmpty();
    }

    /** What the database has said last. */
    void learn(List<Generation> generations, @Nullable Rebuild building) {
        boolean changed = !generations.equals(known);
        known = List.copyOf(generations);
        rebuild = building;
        if (changed) {
            wake();
        }
    }

    /** {@return the generation that is there for something, as the database has said last} */
    Optional<Generation> generation(GenerationState state) {
        return known.stream()
                .filter(generation -> generation.state() == state)
                .max(Comparator.comparing(generation -> generation.ref().number()));
    }

    /** {@return what is known of a rebuild; null if there is none} */
    @Nullable
    Rebuild rebuild() {
        return rebuild;
    }

    LaneWatch watch(GenerationRef generation, int lane) {
        return watches.computeIfAbsent(
                new LaneKey(generation, lane), key -> new LaneWatch(nanos, meters, this::signal));
    }

    void forget(GenerationRef generation, int lane) {
        watches.remove(new LaneKey(generation, lane));
    }

    /** Something was committed, or decided: lanes look at once. */
    void wake() {
        loops.forEach(ProjectionLoop::hint);
    }

    /** A person has decided about an event. */
    void decided() {
        loops.forEach(ProjectionLoop::decided);
    }

    /** {@return how often this process has committed something for the projection} */
    long commits() {
        synchronized (committed) {
            return commits;
        }
    }

    /** Waits until this process has committed something since, or the time is over. */
    void awaitCommit(long since, Duration longest) throws InterruptedException {
        long end = nanos.getAsLong() + longest.toNanos();
        synchronized (committed) {
            long left = longest.toNanos();
            while (commits == since && left > 0) {
                committed.wait(left / 1_000_000 + 1);
                left = end - nanos.getAsLong();
            }
        }
    }

    /** {@return the events that lanes of this process have stopped at} */
    List<FailedEvent> stopped() {
        return watches.values().stream()
                .map(LaneWatch::failed)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private double behind() {
        return watches.values().stream().mapToDouble(LaneWatch::behind).max().orElse(0);
    }

    private double rebuilt() {
        Rebuild building = rebuild;
        return building == null ? 1 : building.share();
    }

    private void signal() {
        synchronized (committed) {
            commits++;
            committed.notifyAll();
        }
    }

    private record LaneKey(GenerationRef generation, int lane) {}
}

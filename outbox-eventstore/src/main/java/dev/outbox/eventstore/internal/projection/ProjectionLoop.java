package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.Generation;
import dev.outbox.eventstore.internal.projection.generation.GenerationState;
import dev.outbox.eventstore.internal.projection.lane.LaneRunner;
import dev.outbox.eventstore.internal.projection.lane.LaneSettings;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.internal.failure.Causes;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills lanes of the generation that serves, or of the one that is being built, on a thread of its own: a long rebuild holds up no
 * lane that serves. It fills generations of the version of this service only.
 */
final class ProjectionLoop extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(ProjectionLoop.class);

    /** Until somebody says that the generations have changed. */
    private static final Duration NOTHING_TO_DO = Duration.ofSeconds(10);

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final RunningProjection projection;
    private final GenerationState role;
    private final int index;
    private final LaneRunner.Parts parts;
    private final LaneSettings settings;
    private final List<LaneRunner> runners = new ArrayList<>();
    private @Nullable GenerationRef filled;
    private volatile boolean decided;

    /**
     * @param role which generation it fills lanes of
     * @param index it fills each lane whose number, modulo the lanes that the projection declares, is this
     */
    ProjectionLoop(
            RunningProjection projection,
            GenerationState role,
            int index,
            LaneRunner.Parts parts,
            LaneSettings settings) {
        super("outbox-projection-%s-%s%d"
                .formatted(projection.definition().name(), role == GenerationState.SERVING ? "" : "rebuild-", index));
        this.projection = projection;
        this.role = role;
        this.index = index;
        this.parts = parts;
        this.settings = settings;
    }

    /** There may be something to do. */
    void hint() {
        wake();
    }

    /** A person has decided about an event that a lane has stopped at. */
    void decided() {
        decided = true;
        wake();
    }

    @Override
    protected Duration pass() {
        Optional<Generation> current = projection
                .generation(role)
                .filter(generation ->
                        generation.version() == projection.definition().version());
        change(current.orElse(null));
        if (decided) {
            decided = false;
            runners.forEach(LaneRunner::decided);
        }
        Duration shortest = NOTHING_TO_DO;
        for (LaneRunner runner : runners) {
            Duration pause = runner.step();
            shortest = pause.compareTo(shortest) < 0 ? pause : shortest;
        }
        return shortest;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew && isRunning()) {
            log.warn(
                    "Projection '{}' cannot be filled at the moment, and is tried again: {}",
                    projection.definition().name(),
                    Causes.inOneLine(failure),
                    failure);
        }
        return AFTER_A_FAILURE;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    @Override
    protected Duration longestStop() {
        return LONGEST_STOP;
    }

    @Override
    protected void ended() {
        try {
            change(null);
        } catch (RuntimeException failed) {
            log.debug(
                    "Lanes of projection '{}' are not given up",
                    projection.definition().name(),
                    failed);
        }
    }

    private void change(@Nullable Generation generation) {
        GenerationRef next = generation == null ? null : generation.ref();
        if (Objects.equals(next, filled)) {
            return;
        }
        List<LaneRunner> before = List.copyOf(runners);
        GenerationRef left = filled;
        runners.clear();
        filled = next;
        if (left != null) {
            before.forEach(runner -> projection.forget(left, runner.lane()));
        }
        if (generation != null) {
            int loops = projection.definition().lanes();
            boolean isBuilding = generation.state() == GenerationState.BUILDING;
            for (int lane = index; lane < generation.lanes(); lane += loops) {
                runners.add(new LaneRunner(
                        new LaneRunner.Target(
                                generation.ref(),
                                lane,
                                generation.lanes(),
                                projection.definition().sink()),
                        parts,
                        isBuilding ? settings.forRebuild() : settings,
                        projection.watch(generation.ref(), lane)));
            }
        }
        before.forEach(LaneRunner::release);
    }
}

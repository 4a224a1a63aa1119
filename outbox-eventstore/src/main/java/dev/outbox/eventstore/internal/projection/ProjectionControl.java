package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.Generation;
import dev.outbox.eventstore.internal.projection.generation.GenerationStart;
import dev.outbox.eventstore.internal.projection.generation.GenerationState;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap.Outcome;
import dev.outbox.eventstore.internal.projection.generation.Generations;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.ProjectionLaneState;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.internal.failure.Causes;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the generations of one projection, lets the one that is built serve when it has everything, and tells the lanes which
 * generation is there for what. Every instance does so; the lock of the projection lets one of them act.
 */
final class ProjectionControl extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(ProjectionControl.class);

    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Readers that were in the way of a swap are left alone for longer than they were made to wait. */
    private static final Duration AFTER_A_REFUSED_SWAP = Duration.ofMillis(500);

    private static final Duration WHILE_A_LANE_IS_BEHIND = Duration.ofMillis(50);

    private final RunningProjection projection;
    private final Generations generations;
    private final GenerationStart start;
    private final GenerationSwap swap;
    private final ProjectionLanes lanes;
    private boolean deployed;

    ProjectionControl(
            RunningProjection projection,
            Generations generations,
            GenerationStart start,
            GenerationSwap swap,
            ProjectionLanes lanes) {
        super("outbox-projection-%s".formatted(projection.definition().name()));
        this.projection = projection;
        this.generations = generations;
        this.start = start;
        this.swap = swap;
        this.lanes = lanes;
    }

    /** There may be something to do. */
    void hint() {
        wake();
    }

    @Override
    protected Duration pass() {
        if (!deployed) {
            Optional<GenerationRef> begun = start.deploy(projection.definition());
            begun.ifPresent(generation -> log.info(
                    "{} begins, and is filled by version {}",
                    generation,
                    projection.definition().version()));
            deployed = true;
        }
        List<Generation> known = generations.of(projection.definition().name());
        Optional<Generation> building = known.stream()
                .filter(generation -> generation.state() == GenerationState.BUILDING)
                .findFirst();
        List<ProjectionLaneState> states =
                building.map(generation -> lanes.states(generation.ref())).orElse(List.of());
        projection.learn(
                known,
                building.map(generation -> Statuses.rebuild(generation, states)).orElse(null));
        boolean isOurs = building.isPresent()
                && building.get().version() == projection.definition().version();
        if (!isOurs) {
            dropOld(known);
            return replaceOutlived(known) ? Duration.ZERO : LOOK;
        }
        if (states.stream().anyMatch(lane -> lane.isBehind() || lane.failed() != null)) {
            return WHILE_A_LANE_IS_BEHIND;
        }
        return finish(building.get());
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew && isRunning()) {
            log.warn(
                    "The generations of projection '{}' cannot be looked at or changed, which is tried again: {}",
                    projection.definition().name(),
                    Causes.inOneLine(failure),
                    failure);
        }
        return LOOK;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    private Duration finish(Generation building) {
        Outcome outcome = swap.finish(projection.definition());
        switch (outcome) {
            case SWAPPED -> {
                log.info("{} serves, after a rebuild that began at {}", building.ref(), building.begunAt());
                projection.meters().swapped();
                return Duration.ZERO;
            }
            case BUSY -> {
                return AFTER_A_REFUSED_SWAP;
            }
            default -> {
                return WHILE_A_LANE_IS_BEHIND;
            }
        }
    }

    private boolean replaceOutlived(List<Generation> known) {
        boolean isNeeded = known.stream()
                        .anyMatch(serving -> serving.state() == GenerationState.SERVING
                                && serving.isOutlived()
                                && serving.version() == projection.definition().version())
                && known.stream().noneMatch(building -> building.state() == GenerationState.BUILDING);
        Optional<GenerationRef> begun = isNeeded ? start.replaceOutlived(projection.definition()) : Optional.empty();
        begun.ifPresent(generation -> log.info("{} begins, because a subject was forgotten", generation));
        return begun.isPresent();
    }

    private void dropOld(List<Generation> known) {
        List<Generation> retired = known.stream()
                .filter(old -> old.state() == GenerationState.RETIRED)
                .toList();
        if (retired.size() > 1 || retired.stream().anyMatch(Generation::isOutlived)) {
            swap.dropOld(projection.definition().name());
        }
    }
}

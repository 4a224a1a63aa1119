package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.Generation;
import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import dev.outbox.eventstore.internal.projection.store.ProjectionLaneState;
import dev.outbox.eventstore.projection.ProjectionStatus.Failed;
import dev.outbox.eventstore.projection.ProjectionStatus.Lane;
import dev.outbox.eventstore.projection.ProjectionStatus.Rebuild;
import dev.outbox.eventstore.projection.ProjectionStatus.Serving;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rows into what people see. */
final class Statuses {

    private Statuses() {}

    static Serving serving(Generation generation, List<ProjectionLaneState> lanes) {
        return new Serving(generation.ref().number(), generation.version(), lanes(lanes));
    }

    static Rebuild rebuild(Generation generation, List<ProjectionLaneState> lanes) {
        long done = lanes.stream().mapToLong(ProjectionLaneState::handled).sum();
        // What was appended since is handled as well.
        long target = Math.max(generation.target(), done);
        double perSecond = lanes.stream().mapToDouble(Statuses::perSecond).sum();
        return new Rebuild(
                generation.ref().number(),
                generation.version(),
                done,
                target,
                perSecond,
                perSecond == 0 ? null : Duration.ofMillis((long) ((target - done) * 1_000 / perSecond)),
                generation.begunAt(),
                lanes(lanes));
    }

    private static double perSecond(ProjectionLaneState lane) {
        return lane.busyMicros() == 0 ? 0 : lane.handled() * 1e6 / lane.busyMicros();
    }

    private static List<Lane> lanes(List<ProjectionLaneState> lanes) {
        return lanes.stream()
                .map(lane -> new Lane(lane.lane(), lane.owner(), lane.handled(), lane.savedAt(), failed(lane.failed())))
                .toList();
    }

    private static @Nullable Failed failed(@Nullable FailedEvent event) {
        return event == null
                ? null
                : new Failed(event.id(), event.type(), event.stream(), event.reason(), event.since());
    }
}

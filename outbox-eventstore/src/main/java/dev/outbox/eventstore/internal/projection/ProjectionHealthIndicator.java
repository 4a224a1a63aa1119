package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.internal.projection.generation.GenerationState;
import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import dev.outbox.eventstore.projection.ProjectionStatus.Rebuild;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while no lane of this instance has stopped at an event, and what services read is of the version of this service. It asks no
 * server: all that it says comes from memory.
 */
final class ProjectionHealthIndicator extends AbstractHealthIndicator {

    private final ProjectionEngine engine;
    private final Status stopped;
    private final Status outdated;

    /**
     * @param stopped the status while a lane has stopped at an event
     * @param outdated the status while another version than that of this service is read
     */
    ProjectionHealthIndicator(ProjectionEngine engine, Status stopped, Status outdated) {
        this.engine = engine;
        this.stopped = stopped;
        this.outdated = outdated;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<String> outdatedOnes = new ArrayList<>();
        List<String> stoppedOnes = new ArrayList<>();
        engine.projections().forEach((name, projection) -> {
            Map<String, Object> details = new LinkedHashMap<>();
            int version = projection.definition().version();
            Optional<Integer> serving =
                    projection.generation(GenerationState.SERVING).map(generation -> generation.version());
            details.put("version", version);
            serving.ifPresent(served -> details.put("serving", served));
            Rebuild rebuild = projection.rebuild();
            if (rebuild != null) {
                details.put(
                        "rebuild",
                        "version %d, %d of %d events".formatted(rebuild.version(), rebuild.done(), rebuild.target()));
            }
            List<FailedEvent> failed = projection.stopped();
            if (!failed.isEmpty()) {
                details.put(
                        "stopped",
                        failed.stream().map(ProjectionHealthIndicator::text).toList());
                stoppedOnes.add(name);
            } else if (projection.isRun()
                    && serving.filter(served -> served == version).isEmpty()) {
                outdatedOnes.add(name);
            }
            health.withDetail(name, details);
        });
        if (!stoppedOnes.isEmpty()) {
            health.status(stopped);
        } else if (!outdatedOnes.isEmpty()) {
            health.status(outdated);
        } else {
            health.up();
        }
    }

    private static String text(FailedEvent event) {
        return "%s (%s) since %s: %s".formatted(event.type(), event.id(), event.since(), event.reason());
    }
}

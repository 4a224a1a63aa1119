package dev.outbox.relay;

import java.util.Optional;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while the lane moves, or another relay owns it; down, with the reason, while it is stuck. Asks nobody. */
final class RelayHealthIndicator extends AbstractHealthIndicator {

    private final LaneMonitor monitor;

    RelayHealthIndicator(LaneMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        LaneStatus status = monitor.status();
        health.withDetail("lane", monitor.lane()).withDetail("role", status.isOwner() ? "owner" : "standby");
        if (status.isOwner()) {
            health.withDetail("epoch", status.epoch()).withDetail("inFlight", status.inFlight());
            monitor.readAgo().ifPresent(ago -> health.withDetail("allReadAgo", ago.toString()));
        }
        Optional<String> trouble = monitor.trouble();
        if (trouble.isPresent()) {
            health.down().withDetail("reason", trouble.get());
        } else {
            health.up();
        }
    }
}

package dev.outbox.relay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Up while each lane of this relay moves; down, with the reason, while one is stuck. Asks nobody. */
final class RelayHealthIndicator extends AbstractHealthIndicator {

    private final RelayMonitor relay;
    private final Supplier<List<LaneMonitor>> lanes;

    RelayHealthIndicator(RelayMonitor relay, Supplier<List<LaneMonitor>> lanes) {
        this.relay = relay;
        this.lanes = lanes;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<LaneMonitor> all = lanes.get();
        boolean owner = all.stream().anyMatch(lane -> lane.status().isOwner());
        health.withDetail("role", owner ? "owner" : "standby");
        all.forEach(lane -> health.withDetail("lane " + lane.lane(), details(lane)));
        List<String> troubles = Stream.concat(
                        relay.trouble().stream(),
                        all.stream().map(LaneMonitor::trouble).flatMap(Optional::stream))
                .toList();
        if (troubles.isEmpty()) {
            health.up();
        } else {
            health.down().withDetail("reason", String.join("; ", troubles));
        }
    }

    private static Map<String, Object> details(LaneMonitor lane) {
        LaneStatus status = lane.status();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("epoch", status.epoch());
        details.put("inFlight", status.inFlight());
        lane.readAgo().ifPresent(ago -> details.put("allReadAgo", ago.toString()));
        return details;
    }
}

package dev.outbox.relay;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lane.LaneStatus;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.parking.Waiting;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.retention.RetentionMonitor;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while each lane of this relay moves, no topic is held, and published events can be removed; otherwise in trouble, with
 * the reason. Parked events are shown and no trouble: they wait for a person, and everything else goes on. It calls neither
 * the database nor the broker. Trouble of the relay is no reason to take a service that embeds it out of the load balancer:
 * see {@code outbox.relay.trouble-status}.
 */
final class RelayHealthIndicator extends AbstractHealthIndicator {

    private final RelayView view;
    private final Status inTrouble;

    /**
     * @param inTrouble the status while there is trouble
     */
    RelayHealthIndicator(RelayView view, Status inTrouble) {
        this.view = view;
        this.inTrouble = inTrouble;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.withDetail("role", view.isOwner() ? "owner" : "standby");
        view.lanes().get().forEach(lane -> health.withDetail("lane " + lane.lane(), details(lane)));
        List<Lane> unowned = view.relay().unowned();
        if (!unowned.isEmpty()) {
            health.withDetail(
                    "unownedLanes", unowned.stream().map(Lane::toString).toList());
        }
        Waiting parked = view.waiting();
        if (parked.events() > 0) {
            health.withDetail(
                    "parked",
                    Map.of("events", parked.events(), "age", parked.age().toString()));
        }
        EngineMonitor engine = view.engine();
        if (engine != null) {
            health.withDetail(engine.engine(), engine.details());
        }
        SortedMap<String, String> held = view.heldTopics();
        if (!held.isEmpty()) {
            health.withDetail("heldTopics", held);
        }
        RetentionMonitor retention = view.retention();
        SortedMap<Integer, Instant> inUse = retention == null ? Collections.emptySortedMap() : retention.slotsInUse();
        if (!inUse.isEmpty()) {
            health.withDetail("slotsInUseSince", inUse);
        }
        List<String> troubles = view.troubles();
        if (troubles.isEmpty()) {
            health.up();
        } else {
            health.status(inTrouble).withDetail("reason", String.join("; ", troubles));
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

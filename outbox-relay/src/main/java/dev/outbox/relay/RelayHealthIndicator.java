package dev.outbox.relay;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lane.LaneStatus;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.retention.RetentionMonitor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Up while each lane of this relay moves, no topic is held, and published events can be removed; otherwise in trouble, with
 * the reason. It calls neither the database nor the broker. Trouble of the relay is no reason to take a service that embeds
 * it out of the load balancer: see {@code outbox.relay.trouble-status}.
 */
final class RelayHealthIndicator extends AbstractHealthIndicator {

    private final Status inTrouble;
    private final RelayMonitor relay;
    private final Supplier<List<LaneMonitor>> lanes;
    private final @Nullable RetentionMonitor retention;
    private final @Nullable EngineMonitor engine;

    /**
     * @param retention null if this relay removes nothing
     * @param engine null if this relay polls
     * @param inTrouble the status while there is trouble
     */
    RelayHealthIndicator(
            RelayMonitor relay,
            Supplier<List<LaneMonitor>> lanes,
            @Nullable RetentionMonitor retention,
            @Nullable EngineMonitor engine,
            Status inTrouble) {
        this.inTrouble = inTrouble;
        this.relay = relay;
        this.lanes = lanes;
        this.retention = retention;
        this.engine = engine;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<LaneMonitor> all = lanes.get();
        boolean owner = all.stream().anyMatch(lane -> lane.status().isOwner());
        health.withDetail("role", owner ? "owner" : "standby");
        all.forEach(lane -> health.withDetail("lane " + lane.lane(), details(lane)));
        if (engine != null) {
            health.withDetail(engine.engine(), engine.details());
        }
        SortedMap<String, String> held = new TreeMap<>();
        all.forEach(lane -> held.putAll(lane.held()));
        if (!held.isEmpty()) {
            health.withDetail("heldTopics", held);
        }
        SortedMap<Integer, Instant> inUse = retention == null ? new TreeMap<>() : retention.slotsInUse();
        if (!inUse.isEmpty()) {
            health.withDetail("slotsInUseSince", inUse);
        }
        List<String> troubles = Stream.of(
                        relay.trouble().stream(),
                        engine == null ? Stream.<String>empty() : engine.trouble().stream(),
                        all.stream().map(LaneMonitor::trouble).flatMap(Optional::stream),
                        held.entrySet().stream()
                                .map(topic -> "topic '%s' is held: %s".formatted(topic.getKey(), topic.getValue())),
                        retention == null ? Stream.<String>empty() : retention.troubles().stream())
                .flatMap(Function.identity())
                .toList();
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

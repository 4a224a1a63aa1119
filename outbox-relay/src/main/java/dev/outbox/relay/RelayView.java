package dev.outbox.relay;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.parking.Waiting;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.retention.RetentionMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that this relay knows of itself, at one place for those who ask: health and the endpoint. It calls neither the
 * database nor the broker.
 *
 * @param relay how the lanes are shared
 * @param lanes those that this relay works on
 * @param retention null if this relay removes nothing
 * @param engine null if this relay depends on no replication slot
 */
record RelayView(
        RelayMonitor relay,
        Supplier<List<LaneMonitor>> lanes,
        @Nullable RetentionMonitor retention,
        @Nullable EngineMonitor engine) {

    /** {@return whether this relay owns a lane} */
    boolean isOwner() {
        return lanes.get().stream().anyMatch(lane -> lane.status().isOwner());
    }

    /** {@return the topics that this relay holds, and why} */
    SortedMap<String, String> heldTopics() {
        SortedMap<String, String> held = new TreeMap<>();
        lanes.get().forEach(lane -> held.putAll(lane.held()));
        return held;
    }

    /** {@return what is set aside in the lanes that this relay owns, as of their last look} */
    Waiting waiting() {
        return lanes.get().stream().map(lane -> lane.status().parked()).reduce(Waiting.NOTHING, Waiting::plus);
    }

    /** {@return everything that needs attention, as health says it} */
    List<String> troubles() {
        return troubles(LaneMonitor::trouble);
    }

    /**
     * {@return everything that needs attention}
     *
     * @param ofLane how the trouble of a lane is said
     */
    List<String> troubles(Function<LaneMonitor, Optional<String>> ofLane) {
        List<String> all = new ArrayList<>();
        relay.trouble().ifPresent(all::add);
        if (engine != null) {
            engine.trouble().ifPresent(all::add);
        }
        lanes.get().forEach(lane -> ofLane.apply(lane).ifPresent(all::add));
        for (Map.Entry<String, String> topic : heldTopics().entrySet()) {
            all.add("topic '%s' is held: %s".formatted(topic.getKey(), topic.getValue()));
        }
        if (retention != null) {
            all.addAll(retention.troubles());
        }
        return all;
    }
}

package dev.outbox.relay;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneOverview;
import dev.outbox.relay.internal.parking.Waiting;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.retention.Retention;
import dev.outbox.relay.retention.RetentionMonitor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a relay shows at the endpoint. It has topics and lanes, and neither a key nor a payload nor the id of an event.
 *
 * @param relay its name, under which it owns lanes
 * @param lanesSeenAgo how long ago it last saw who owns the lanes; null if it has not yet
 * @param lanes those lanes, and what this relay knows of them
 * @param engine how it finds new events
 * @param retention what has become of published events; null if this relay removes nothing
 * @param troubles what needs attention
 */
record RelayStatus(
        String relay,
        @Nullable Duration lanesSeenAgo,
        List<LaneView> lanes,
        EngineView engine,
        @Nullable RetentionView retention,
        List<String> troubles) {

    /**
     * A lane.
     *
     * @param lane its number, counted from 0
     * @param of how many lanes there are
     * @param owner this, other or nobody
     * @param relay the name of its owner; null if nobody owns it
     * @param work what its owner does; null if that is another relay
     */
    record LaneView(
            int lane,
            int of,
            String owner,
            @Nullable String relay,
            @Nullable WorkView work) {}

    /**
     * What this relay does on a lane.
     *
     * @param trouble why it does not move, or null
     * @param allReadAgo how long ago all committed events had been read; null if they never were
     * @param pending the events that are not published
     * @param parked the events that wait for a person
     * @param heldTopics the topics that cannot be written to, and why
     */
    record WorkView(
            long epoch,
            @Nullable String trouble,
            @Nullable Duration allReadAgo,
            Amount pending,
            Amount parked,
            SortedMap<String, String> heldTopics) {}

    /**
     * So many events.
     *
     * @param age of the oldest of them
     */
    record Amount(long events, Duration age) {

        private static Amount of(double events, double seconds) {
            return new Amount(Math.round(events), Duration.ofMillis(Math.round(seconds * 1000)));
        }
    }

    /**
     * The engine.
     *
     * @param name as in {@code outbox.relay.engine}
     * @param state of an engine that depends on a replication slot
     */
    record EngineView(String name, @Nullable Map<String, Object> state) {}

    /**
     * The retention.
     *
     * @param headroom until a slot is written to again although its events could not be removed; null if there are no slots,
     *     or before the first attempt
     * @param slotsInUseSince the slots that could not be emptied, because somebody uses them
     */
    record RetentionView(@Nullable Duration headroom, SortedMap<Integer, Instant> slotsInUseSince) {}

    /**
     * {@return what is known at the moment}
     *
     * @param engine as in {@code outbox.relay.engine}
     * @param retention null if this relay removes nothing
     */
    static RelayStatus of(String relay, RelayView view, String engine, @Nullable Retention retention) {
        EngineMonitor monitor = view.engine();
        RetentionMonitor slots = view.retention();
        return new RelayStatus(
                relay,
                view.relay().lanesSeenAgo().orElse(null),
                lanes(relay, view),
                new EngineView(engine, monitor == null ? null : monitor.details()),
                retention == null || slots == null
                        ? null
                        : new RetentionView(retention.headroom().orElse(null), slots.slotsInUse()),
                view.troubles(LaneMonitor::troubleWithoutEvent));
    }

    /** Those that were seen, and those that this relay still works on although they are no more. */
    private static List<LaneView> lanes(String relay, RelayView view) {
        List<LaneView> all = new ArrayList<>();
        List<LaneMonitor> own = view.lanes().get();
        List<Lane> seen = new ArrayList<>();
        view.relay().lanes().map(LaneOverview::lanes).orElse(List.of()).forEach(holding -> {
            seen.add(holding.lane());
            all.add(own.stream()
                    .filter(lane -> lane.lane().equals(holding.lane()))
                    .filter(lane -> lane.status().isOwner())
                    .findFirst()
                    .map(lane -> own(relay, lane))
                    .orElseGet(() -> others(relay, holding)));
        });
        Stream<LaneMonitor> rest = own.stream().filter(lane -> lane.status().isOwner());
        rest.filter(lane -> !seen.contains(lane.lane())).forEach(lane -> all.add(own(relay, lane)));
        return all;
    }

    private static LaneView own(String relay, LaneMonitor lane) {
        return new LaneView(lane.lane().number(), lane.lane().count(), "this", relay, work(lane));
    }

    /** Its owner may have been this relay when it was seen, and no more. */
    private static LaneView others(String relay, LaneOverview.Holding holding) {
        String owner = holding.owner();
        Lane lane = holding.lane();
        return owner == null || owner.equals(relay)
                ? new LaneView(lane.number(), lane.count(), "nobody", null, null)
                : new LaneView(lane.number(), lane.count(), "other", owner, null);
    }

    private static WorkView work(LaneMonitor lane) {
        Waiting parked = lane.status().parked();
        return new WorkView(
                lane.status().epoch(),
                lane.troubleWithoutEvent().orElse(null),
                lane.readAgo().orElse(null),
                Amount.of(lane.pending(), lane.pendingAge()),
                new Amount(parked.events(), parked.age()),
                new TreeMap<>(lane.held()));
    }
}

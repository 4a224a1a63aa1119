package dev.outbox.relay;

import dev.outbox.relay.internal.lane.RunningLane;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneOverview;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One relay's part in sharing the lanes, without a leader and without threads of its own. Relays never talk to each other;
 * each looks at the tables and brings the distribution closer to even. A pass has these steps:
 *
 * <ol>
 *   <li><b>Look.</b> One statement tells the others that this relay is running, and tells this relay which lanes exist, who
 *       owns them, how many relays are running and how many lanes there should be.
 *   <li><b>Divide again</b>, if that number is different. All relays drain and release all lanes and take none. A relay that
 *       then finds that no lane is owned changes the table, in one transaction; see {@link LaneLayout#change}. So lanes of
 *       the old count and of the new one are never owned at the same time. A paused owner does not delay this longer than
 *       its lease; what it still sends when it wakes up are duplicates, because the new lanes start no later than at the
 *       position that it saved last.
 *   <li><b>Give.</b> Lanes that turn out to belong to another relay, and those beyond the share of this relay, are drained
 *       and released, the last ones first. A lane is free for others only when nothing of it can leave this process any
 *       more.
 *   <li><b>Take.</b> Free lanes, up to the share. If two relays see the same free lane, the lease decides between them.
 * </ol>
 *
 * <p>The shares of all relays add up to the number of lanes, so what one gives, another one takes. A mistake in this class
 * costs time and never an event: the lease alone decides who owns a lane.
 *
 * <p>For use by a single thread.
 */
final class LaneSharing {

    /** What a pass has found. */
    enum State {
        /** The relay has its share of the lanes. */
        SETTLED,
        /** The relay waits to get lanes, or for some to end. */
        WAITING
    }

    private record Started(Lane lane, RunningLane running) {}

    private final LaneLayout layout;
    private final RelayMember self;
    private final LaneStarter starter;
    private final TreeSet<Started> lanes = new TreeSet<>(
            Comparator.<Started>comparingInt(started -> started.lane().number())
                    .thenComparing(started -> started.lane().count()));

    private @Nullable LaneOverview seen;
    private boolean takesPart;

    LaneSharing(LaneLayout layout, RelayMember self, LaneStarter starter) {
        this.layout = layout;
        this.self = self;
        this.starter = starter;
    }

    State runOnce() {
        lanes.removeIf(started -> started.running().hasEnded());
        takesPart = true;
        LaneOverview overview = layout.join(self.name(), self.lanes(), self.ttl());
        seen = overview;
        if (overview.isOutdated()) {
            stopLanes();
            if (overview.isFree()) {
                layout.change(overview.count(), overview.wanted());
            }
            return State.WAITING;
        }
        give(overview);
        take(overview);
        boolean settled = !lanes.isEmpty() && lanes.size() == overview.share() && active().count() == lanes.size();
        return settled ? State.SETTLED : State.WAITING;
    }

    /** {@return the lanes and their owners as the last pass saw them, before it changed anything} */
    LaneOverview seen() {
        return Objects.requireNonNull(seen, "before the first pass");
    }

    /** Starts to hand over all lanes. */
    void stopLanes() {
        lanes.forEach(started -> started.running().stop());
    }

    /** Does not take part any longer, until the next pass; what is in its lanes is drained. */
    void standBy() {
        stopLanes();
        if (takesPart) {
            leave();
        }
    }

    /** Stops counting as a running relay, so that others take the lanes as soon as they are free. */
    void leave() {
        layout.leave(self.name());
        takesPart = false;
    }

    private void give(LaneOverview overview) {
        List<Lane> others = lanesOf(overview, this::isAnothers);
        active().filter(started -> started.lane().count() != overview.count() || others.contains(started.lane()))
                .toList()
                .forEach(started -> started.running().stop());
        active().skip(overview.share())
                .toList()
                .forEach(started -> started.running().stop());
    }

    private void take(LaneOverview overview) {
        long room = overview.share() - active().count();
        List<Lane> known = lanes.stream().map(Started::lane).toList();
        overview.freeLanes().stream()
                .filter(lane -> !known.contains(lane))
                .limit(Math.max(0, room))
                .forEach(lane -> lanes.add(new Started(lane, starter.start(lane))));
    }

    private boolean isAnothers(Holding holding) {
        return !holding.isFree() && !self.name().equals(holding.owner());
    }

    private Stream<Started> active() {
        return lanes.stream().filter(started -> !started.running().isStopping());
    }

    private static List<Lane> lanesOf(LaneOverview overview, Predicate<Holding> which) {
        return overview.lanes().stream().filter(which).map(Holding::lane).toList();
    }
}

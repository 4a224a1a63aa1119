package dev.outbox.relay;

import static dev.outbox.relay.LaneSharing.State.SETTLED;
import static dev.outbox.relay.LaneSharing.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.lane.RunningLane;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneOverview;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneSharingTests {

    private static final String SELF = "self";
    private static final String OTHER = "other";

    private final FixedLayout layout = new FixedLayout();
    private final List<StartedLane> started = new ArrayList<>();
    private final LaneSharing sharing =
            new LaneSharing(layout, new RelayMember(SELF, 4, Duration.ofSeconds(5)), this::start);

    @Test
    void takesAllLanesWhenItIsAlone() {
        layout.shows(1, 0, null, null, null, null);

        assertThat(sharing.runOnce()).isEqualTo(SETTLED);
        assertThat(running()).containsExactly(0, 1, 2, 3);
    }

    @Test
    void startsNoLaneTwice() {
        layout.shows(1, 0, null, null, null, null);
        sharing.runOnce();
        sharing.runOnce();

        assertThat(started).hasSize(4);
    }

    @Test
    void takesNoMoreThanItsShare() {
        layout.shows(3, 0, null, null, null, null);
        sharing.runOnce();
        assertThat(running()).as("the eldest of three").containsExactly(0, 1);
    }

    @Test
    void waitsForAShareThatOthersHaveNotReleasedYet() {
        layout.shows(2, 1, OTHER, OTHER, OTHER, OTHER);
        assertThat(sharing.runOnce()).isEqualTo(WAITING);
        assertThat(started).isEmpty();

        layout.shows(2, 1, OTHER, OTHER, null, null);
        assertThat(sharing.runOnce()).isEqualTo(SETTLED);
        assertThat(running()).containsExactly(2, 3);
    }

    @Test
    void releasesWhatItHasTooMany() {
        layout.shows(1, 0, null, null, null, null);
        sharing.runOnce();
        layout.shows(2, 0, SELF, SELF, SELF, SELF);

        assertThat(sharing.runOnce()).as("while they drain").isEqualTo(WAITING);
        assertThat(running()).containsExactly(0, 1);

        started.forEach(StartedLane::endIfStopping);
        layout.shows(2, 0, SELF, SELF, OTHER, OTHER);
        assertThat(sharing.runOnce()).isEqualTo(SETTLED);
    }

    @Test
    void letsGoOfALaneThatAnotherRelayHasTaken() {
        layout.shows(1, 0, null, null, null, null);
        sharing.runOnce();
        layout.shows(1, 0, SELF, OTHER, SELF, SELF);

        sharing.runOnce();

        assertThat(running()).containsExactly(0, 2, 3);
    }

    @Test
    void doesNotTakeALaneAgainBeforeItHasLetGoOfIt() {
        layout.shows(1, 0, null, null, null, null);
        sharing.runOnce();
        layout.shows(1, 0, SELF, OTHER, SELF, SELF);
        sharing.runOnce();
        layout.shows(1, 0, SELF, null, SELF, SELF);
        sharing.runOnce();
        assertThat(started).hasSize(4);

        started.forEach(StartedLane::endIfStopping);
        sharing.runOnce();
        assertThat(running()).containsExactly(0, 2, 3, 1);
    }

    @Test
    void releasesEverythingAndTakesNothingWhileTheLanesAreToBeDividedAnew() {
        layout.shows(1, 0, null, null, null, null);
        sharing.runOnce();
        layout.wants(2);
        layout.shows(2, 0, SELF, SELF, SELF, SELF);

        assertThat(sharing.runOnce()).isEqualTo(WAITING);
        assertThat(running()).isEmpty();
        assertThat(layout.changes).isEmpty();

        layout.shows(2, 0, null, null, OTHER, null);
        sharing.runOnce();
        assertThat(layout.changes).as("another relay still drains").isEmpty();
        assertThat(started).hasSize(4);
    }

    @Test
    void dividesTheLanesAnewOnceAllAreFree() {
        layout.wants(2);
        layout.shows(2, 0, null, null, null, null);
        assertThat(sharing.runOnce()).isEqualTo(WAITING);
        assertThat(layout.changes).containsExactly("4 to 2");

        layout.shows(2, 0, null, null);
        sharing.runOnce();
        assertThat(started).singleElement().extracting(StartedLane::lane).isEqualTo(new Lane(0, 2));
    }

    @Test
    void sharesAddUpToTheNumberOfLanes() {
        for (int relays = 1; relays <= 10; relays++) {
            for (int lanes = 1; lanes <= 16; lanes++) {
                int count = lanes;
                int all = relays;
                List<Holding> free = IntStream.range(0, lanes)
                        .mapToObj(number -> new Holding(new Lane(number, count), null))
                        .toList();
                assertThat(IntStream.range(0, relays)
                                .map(rank -> new LaneOverview(count, all, rank, free).share())
                                .sum())
                        .isEqualTo(lanes);
            }
        }
    }

    private RunningLane start(Lane lane) {
        StartedLane running = new StartedLane(lane);
        started.add(running);
        return running;
    }

    private List<Integer> running() {
        return started.stream()
                .filter(lane -> !lane.stopping)
                .map(lane -> lane.lane.number())
                .toList();
    }

    private static final class StartedLane implements RunningLane {

        private final Lane lane;
        private boolean stopping;
        private boolean ended;

        StartedLane(Lane lane) {
            this.lane = lane;
        }

        Lane lane() {
            return lane;
        }

        void endIfStopping() {
            ended = stopping;
        }

        @Override
        public void stop() {
            stopping = true;
        }

        @Override
        public boolean isStopping() {
            return stopping;
        }

        @Override
        public boolean hasEnded() {
            return ended;
        }
    }

    private static final class FixedLayout implements LaneLayout {

        private final List<String> changes = new ArrayList<>();
        private int wanted = 4;
        private LaneOverview overview = new LaneOverview(4, 1, 0, List.of());

        void wants(int lanes) {
            wanted = lanes;
        }

        void shows(int relays, int rank, @Nullable String... owners) {
            List<Holding> lanes = IntStream.range(0, owners.length)
                    .mapToObj(number -> new Holding(new Lane(number, owners.length), owners[number]))
                    .toList();
            overview = new LaneOverview(wanted, relays, rank, lanes);
        }

        @Override
        public LaneOverview join(String relay, int lanes, Duration ttl) {
            return overview;
        }

        @Override
        public void leave(String relay) {}

        @Override
        public boolean change(int from, int to) {
            changes.add(from + " to " + to);
            return true;
        }
    }
}

package dev.outbox.relay;

import dev.outbox.relay.internal.lane.RelayUnderTest;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import java.time.Duration;
import java.util.function.Function;

/** The sharing of lanes by one relay, on a table that a test makes, pass by pass. */
public final class SharingUnderTest {

    private final LaneSharing sharing;

    /**
     * @param owner the name of the relay
     * @param lanes how many lanes it asks for
     * @param ttl how long it counts as running after a pass
     * @param starter starts to work on a lane
     */
    public SharingUnderTest(
            String owner, int lanes, Duration ttl, LaneLayout layout, Function<Lane, RelayUnderTest> starter) {
        this.sharing = new LaneSharing(layout, new RelayMember(owner, lanes, ttl), starter::apply);
    }

    /**
     * Runs one pass.
     *
     * @return whether the relay has its share of the lanes
     */
    public boolean pass() {
        return sharing.runOnce() == LaneSharing.State.SETTLED;
    }

    /** Begins to hand over all lanes. */
    public void stopLanes() {
        sharing.stopLanes();
    }

    public void leave() {
        sharing.leave();
    }
}

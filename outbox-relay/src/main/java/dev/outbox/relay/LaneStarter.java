package dev.outbox.relay;

import dev.outbox.relay.internal.lane.RunningLane;
import dev.outbox.relay.internal.lease.Lane;

/** Starts work on a lane. */
@FunctionalInterface
interface LaneStarter {

    /** {@return the lane, which is acquired as soon as it is free} */
    RunningLane start(Lane lane);
}

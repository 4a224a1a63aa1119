package dev.outbox.relay;

import org.jspecify.annotations.Nullable;

/**
 * Where a lane stands after a pass; times are readings of the {@link Ticker}.
 *
 * @param epoch epoch of the lease, 0 when standing by
 * @param inFlight events handed to the broker and not settled yet
 * @param waitingSince since when the oldest of them has been in flight, or null
 * @param caughtUpAt when all committed events had been read for the last time, or null
 * @param failure what the lane has been failing with since it last moved, or null
 */
record LaneStatus(
        long epoch,
        int inFlight,
        @Nullable Long waitingSince,
        @Nullable Long caughtUpAt,
        @Nullable RuntimeException failure) {

    static final LaneStatus NOT_RUNNING = new LaneStatus(0, 0, null, null, null);

    boolean isOwner() {
        return epoch > 0;
    }
}

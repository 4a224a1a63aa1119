package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.metrics.LaneLoss;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lane after a pass; times in nanoseconds are readings of the {@link Ticker}.
 *
 * @param epoch epoch of the lease, 0 when standing by
 * @param inFlight events handed to the broker and not settled yet
 * @param waitingSince since when the oldest of them has been in flight, or null
 * @param oldestRaisedAt when the oldest event that has been read and not published was raised, by the clock of its service,
 *     or null
 * @param caughtUpAt when all committed events had last been read, or null
 * @param failure what the lane has been failing with since it last moved, or null
 * @param held the topics that cannot be written to, and why
 * @param waitingFor the topics of the oldest page in flight
 * @param unread about how many events follow those that have been read
 * @param parked what waits for a person, or for a topic
 * @param loss how the lane was lost in this pass, or null
 */
public record LaneStatus(
        long epoch,
        int inFlight,
        @Nullable Long waitingSince,
        @Nullable Instant oldestRaisedAt,
        @Nullable Long caughtUpAt,
        @Nullable RuntimeException failure,
        Map<String, String> held,
        Set<String> waitingFor,
        long unread,
        Waiting parked,
        @Nullable LaneLoss loss) {

    public static final LaneStatus NOT_RUNNING =
            new LaneStatus(0, 0, null, null, null, null, Map.of(), Set.of(), 0, Waiting.NOTHING, null);

    public boolean isOwner() {
        return epoch > 0;
    }
}

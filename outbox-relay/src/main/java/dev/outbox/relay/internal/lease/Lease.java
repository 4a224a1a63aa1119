package dev.outbox.relay.internal.lease;

import dev.outbox.relay.internal.log.Position;
import java.time.Duration;

/**
 * The right to relay a lane until it expires, as {@link LaneStore#acquire} gave it.
 *
 * @param lane the lane
 * @param owner the one relay, in one run of its process, that holds it
 * @param epoch count of the lane's owners; a relay with an older epoch has lost the lane
 * @param ttl how long the lease lives after it was acquired or renewed, by the clock of the database
 * @param position the durable position when the lease was acquired: every event before it is in Kafka
 */
public record Lease(Lane lane, String owner, long epoch, Duration ttl, Position position) {

    @Override
    public String toString() {
        return "lane %s, epoch %d of %s".formatted(lane, epoch, owner);
    }
}

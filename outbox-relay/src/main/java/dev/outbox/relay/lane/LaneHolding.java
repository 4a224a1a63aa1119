package dev.outbox.relay.lane;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lane and its owner.
 *
 * @param number counted from 0
 * @param owner the relay whose lease is live, or null if nobody owns the lane
 * @param epoch how often the lane has had a new owner
 * @param leaseLeft how long the lease lasts if it is not renewed; zero if nobody owns the lane
 * @since 0.1.0
 */
public record LaneHolding(int number, @Nullable String owner, long epoch, Duration leaseLeft) {}

package dev.outbox.relay.parking;

import java.time.Instant;

/**
 * The place of a key among those with parked events, after which the next page begins.
 *
 * @param parkedAt when the oldest of its events was parked
 * @param firstSeq number of the first of its parked events in the outbox
 * @since 0.1.0
 */
public record ParkedPlace(Instant parkedAt, long firstSeq) {}

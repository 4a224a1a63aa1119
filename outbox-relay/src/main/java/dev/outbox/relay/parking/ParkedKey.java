package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import java.time.Instant;

/**
 * An aggregate whose events are parked.
 *
 * @param aggregate the aggregate
 * @param events how many of its events are parked
 * @param parkedAt since when the oldest of them has been parked
 * @param reason why the oldest of them cannot be published
 * @param releasing whether its release or discard has been requested and is pending
 * @since 0.1.0
 */
public record ParkedKey(AggregateRef aggregate, long events, Instant parkedAt, String reason, boolean releasing) {}

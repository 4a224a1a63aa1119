package dev.outbox.relay.parking;

import dev.outbox.relay.broker.OutboxRow;
import java.time.Instant;
import java.util.Optional;

/**
 * An event that is parked.
 *
 * @param row the event, as it was read from the outbox
 * @param parkedAt since when
 * @param reason why it cannot be published; none if it waits for an earlier event that cannot
 * @since 0.1.0
 */
public record ParkedEvent(OutboxRow row, Instant parkedAt, Optional<String> reason) {}

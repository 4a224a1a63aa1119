package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.OutboxRow;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A parked event.
 *
 * @param row the event, as it was read from the outbox
 * @param reason why it is parked; null if it only waits behind another
 * @param parkedAt when it was parked
 * @since 0.1.0
 */
public record ParkedEvent(OutboxRow row, @Nullable String reason, Instant parkedAt) {

    /** {@return its id, with which it is discarded} */
    public UUID id() {
        return row.event().id();
    }

    /** {@return the key that it holds up} */
    public AggregateRef key() {
        return row.event().aggregate();
    }
}

package dev.outbox.relay.parking;

import dev.outbox.event.AggregateRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with parked events.
 *
 * @param key the key
 * @param events how many of its events are parked and not discarded
 * @param firstSeq number of the first of them in the outbox
 * @param parkedAt when the oldest of them was parked
 * @param reason why the first of them is parked; null if it only waits
 * @param releasing whether its release or discard has been requested and is pending
 * @since 0.1.0
 */
public record ParkedKey(
        AggregateRef key,
        long events,
        long firstSeq,
        Instant parkedAt,
        @Nullable String reason,
        boolean releasing) {

    /** {@return its place in the order in which the keys are listed} */
    public ParkedPlace place() {
        return new ParkedPlace(parkedAt, firstSeq);
    }
}

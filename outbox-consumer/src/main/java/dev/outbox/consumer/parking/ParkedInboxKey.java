package dev.outbox.consumer.parking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key with parked events.
 *
 * @param key the key
 * @param events how many of its events are parked and not discarded
 * @param parkedAt when the oldest of them was parked
 * @param cause why the first of them is parked
 * @param reason the cause in words; null if it only waits
 * @since 0.1.0
 */
public record ParkedInboxKey(
        InboxKey key,
        long events,
        Instant parkedAt,
        ParkingCause cause,
        @Nullable String reason) {}

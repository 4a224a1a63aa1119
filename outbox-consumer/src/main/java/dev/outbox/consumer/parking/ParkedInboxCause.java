package dev.outbox.consumer.parking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a consumer whose first event is parked for the same reason.
 *
 * @param consumer name of the consumer
 * @param cause why the first of their events is parked
 * @param reason the cause in words; null if it only waits
 * @param keys how many keys
 * @param events how many events they have together, without those that were discarded
 * @param parkedAt when the oldest of them was parked
 * @since 0.1.0
 */
public record ParkedInboxCause(
        String consumer, ParkingCause cause, @Nullable String reason, long keys, long events, Instant parkedAt) {}

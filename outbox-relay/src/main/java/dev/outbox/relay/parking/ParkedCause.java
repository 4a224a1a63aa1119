package dev.outbox.relay.parking;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are parked for the same reason, without those about which a decision is pending.
 *
 * @param reason why the first of their events is parked; null if those that were refused are discarded, and the others wait
 * @param keys how many keys
 * @param events how many events they have together
 * @param parkedAt when the oldest of them was parked
 * @since 0.1.0
 */
public record ParkedCause(@Nullable String reason, long keys, long events, Instant parkedAt) {}

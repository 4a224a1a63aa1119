package dev.outbox.consumer.parking;

import org.jspecify.annotations.Nullable;

/**
 * Some of the keys with parked events. What is null is not asked for.
 *
 * @param consumer name of the consumer, or null
 * @param key the key of the events, or null
 * @param cause why the first event of the key is parked, or null
 * @param reason the cause in words, or null
 * @since 0.1.0
 */
public record InboxSelection(
        @Nullable String consumer,
        @Nullable String key,
        @Nullable ParkingCause cause,
        @Nullable String reason) {

    /** {@return all keys} */
    public static InboxSelection all() {
        return new InboxSelection(null, null, null, null);
    }
}

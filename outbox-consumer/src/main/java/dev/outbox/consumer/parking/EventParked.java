package dev.outbox.consumer.parking;

import org.jspecify.annotations.Nullable;

/**
 * Application event that is published when an event is parked for a reason of its own, but not for the events behind it.
 * Listeners are called on the consumer's thread, after the commit.
 *
 * @param key the key that is held up
 * @param eventId identity of the event
 * @param type its type
 * @param cause why it is parked
 * @param reason the cause in words, or null
 */
public record EventParked(
        InboxKey key,
        String eventId,
        String type,
        ParkingCause cause,
        @Nullable String reason) {}

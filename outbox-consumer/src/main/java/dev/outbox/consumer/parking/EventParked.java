package dev.outbox.consumer.parking;

import org.jspecify.annotations.Nullable;

/**
 * Application event that is published when an event is parked for a reason of its own, but not for the events behind it.
 * Listeners are called after the commit, on the thread that has parked the event: the consumer's, or for an event that has
 * waited for a missing one, the thread that resumes such events.
 *
 * @param key the key that is held up
 * @param eventId identity of the event
 * @param type its type
 * @param cause why it is parked
 * @param reason the cause in words, or null
 * @since 0.1.0
 */
public record EventParked(
        InboxKey key,
        String eventId,
        String type,
        ParkingCause cause,
        @Nullable String reason) {}

package dev.outbox.inbox.parking;

import org.jspecify.annotations.Nullable;

/**
 * Published, as an event of the application, when an event was parked for a reason of its own; not for those behind it.
 * Listeners are called on the consumer's thread, after the commit.
 *
 * @param key the key that is held up
 * @param eventId identity of the event
 * @param type its type
 * @param cause why it is parked
 * @param reason the same in words, or null
 */
public record EventParked(
        InboxKey key,
        String eventId,
        String type,
        ParkingCause cause,
        @Nullable String reason) {}

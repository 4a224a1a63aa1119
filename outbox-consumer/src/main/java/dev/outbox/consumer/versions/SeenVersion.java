package dev.outbox.consumer.versions;

import dev.outbox.event.EventType;
import java.time.Instant;

/**
 * A version of an event that a consumer still gets.
 *
 * @param consumer name of the consumer
 * @param type the type of the event, and the version of its payload as it was received
 * @param events how many of them it has read, those that it has read again included
 * @param seenAt when the last one was read
 * @since 0.1.0
 */
public record SeenVersion(String consumer, EventType type, long events, Instant seenAt) {}

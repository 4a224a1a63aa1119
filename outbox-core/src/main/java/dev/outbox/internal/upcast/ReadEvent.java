package dev.outbox.internal.upcast;

import dev.outbox.internal.domain.DomainEventType;

/**
 * An event as the service understands it.
 *
 * @param id the id of the stored event; for one part among several, a UUIDv5 of the id of the event that was split and the
 *     index of the part, so it is the same each time
 * @param part its index among all events that the stored event became, counted from 0; together with the sequence of the stored
 *     event it gives the order
 * @param type its current type
 * @param event an object of the class of the type
 */
public record ReadEvent(String id, int part, DomainEventType type, Object event) {}

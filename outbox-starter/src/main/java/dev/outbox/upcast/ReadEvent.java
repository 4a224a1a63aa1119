package dev.outbox.upcast;

import dev.outbox.domain.DomainEventType;

/**
 * An event as a consumer understands it.
 *
 * @param id that of the stored event; of one part among several, a UUIDv5 of the id of what was split and the index there,
 *     so the same each time
 * @param part its place among all that the stored event became, counted from 0; with the sequence of the stored event it
 *     tells the order
 * @param type what it is now
 * @param event an object of the class of the type
 */
public record ReadEvent(String id, int part, DomainEventType type, Object event) {}

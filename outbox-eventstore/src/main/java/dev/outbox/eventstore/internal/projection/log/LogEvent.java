package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.event.EventEnvelope;

/**
 * An event as it is stored.
 *
 * @param seq its place in the order in which events are handled
 * @param version its place in its stream, counted from 1
 * @param event the event itself
 */
public record LogEvent(long seq, long version, EventEnvelope event) {}

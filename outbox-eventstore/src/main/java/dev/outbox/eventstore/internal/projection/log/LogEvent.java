package dev.outbox.eventstore.internal.projection.log;

import dev.outbox.eventstore.internal.stream.StreamRow;

/**
 * An event as it is stored.
 *
 * @param seq its place in the order in which events are handled
 * @param event the event itself, with its place in its stream
 */
public record LogEvent(long seq, StreamRow event) {}

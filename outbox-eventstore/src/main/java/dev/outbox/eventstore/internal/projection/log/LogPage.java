package dev.outbox.eventstore.internal.projection.log;

import java.util.List;

/**
 * Events that a lane has not handled yet.
 *
 * @param events in the order of {@code seq}
 * @param end the position once all of them are handled
 * @param isLast whether there was nothing else when they were read
 */
public record LogPage(List<LogEvent> events, LogPosition end, boolean isLast) {}

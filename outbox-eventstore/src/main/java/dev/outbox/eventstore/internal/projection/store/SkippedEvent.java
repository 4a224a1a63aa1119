package dev.outbox.eventstore.internal.projection.store;

import java.util.UUID;

/**
 * A decision that a projection passes over an event.
 *
 * @param projection its name
 * @param event the event that a lane has stopped at
 * @param decidedBy who has decided
 * @param reason why
 */
public record SkippedEvent(String projection, UUID event, String decidedBy, String reason) {}

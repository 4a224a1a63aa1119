package dev.outbox.eventstore.internal.projection.store;

import java.time.Instant;
import java.util.UUID;

/**
 * An event that a lane has stopped at.
 *
 * @param id its id
 * @param seq its place in the order
 * @param type its type and version
 * @param stream the stream that it is of
 * @param reason why, in one line
 * @param since when the lane has stopped
 */
public record FailedEvent(UUID id, long seq, String type, String stream, String reason, Instant since) {}

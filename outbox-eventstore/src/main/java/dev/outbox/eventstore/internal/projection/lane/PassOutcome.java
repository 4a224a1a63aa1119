package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.LogPosition;

/**
 * What a pass has done.
 *
 * @param events how many events it has handled or passed over
 * @param skipped how many of them it has passed over by decision
 * @param isLast whether there was nothing else
 * @param end the position that it has saved
 */
public record PassOutcome(int events, int skipped, boolean isLast, LogPosition end) {}

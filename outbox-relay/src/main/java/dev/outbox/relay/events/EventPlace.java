package dev.outbox.relay.events;

import java.time.Instant;

/**
 * The place of an event among those that were found, the last one first.
 *
 * @param raisedAt when it was raised
 * @param seq its number in the outbox, which distinguishes events that were raised at once
 * @since 0.1.0
 */
public record EventPlace(Instant raisedAt, long seq) {}

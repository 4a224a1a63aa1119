package dev.outbox.relay.broker;

import dev.outbox.event.EventEnvelope;

/**
 * An event as it was read from the outbox.
 *
 * @param seq its place in the order of publication
 * @param aggregateSeq its sequence within its aggregate, counted from 1
 * @param event the event itself
 * @since 0.1.0
 */
public record OutboxRow(long seq, long aggregateSeq, EventEnvelope event) {}

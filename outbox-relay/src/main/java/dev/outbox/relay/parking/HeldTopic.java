package dev.outbox.relay.parking;

import java.time.Instant;

/**
 * A topic that cannot be written to, with events that wait for it.
 *
 * @param topic the topic
 * @param events how many events wait
 * @param heldAt since when the first of them has been waiting
 * @param reason why it cannot be written to, and what to do about it
 * @since 0.1.0
 */
public record HeldTopic(String topic, long events, Instant heldAt, String reason) {}

package dev.outbox.relay.parking;

/**
 * How much a decision would be about.
 *
 * @param keys how many keys
 * @param events how many events they have together
 * @since 0.1.0
 */
public record ParkedCount(long keys, long events) {}

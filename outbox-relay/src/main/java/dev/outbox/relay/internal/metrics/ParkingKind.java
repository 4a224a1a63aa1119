package dev.outbox.relay.internal.metrics;

/** Why an event was set aside. */
public enum ParkingKind {
    /** Kafka refuses it. */
    REFUSED,
    /** It waits behind an event of its aggregate that is parked. */
    BEHIND,
    /** Its topic cannot be written to. */
    TOPIC,
    /** Kafka refuses it, and its policy is to skip it. */
    SKIPPED
}

package dev.outbox.relay.internal.metrics;

/** What became of an event that had been set aside, when its turn came. */
public enum ReleaseKind {
    /** It is published. */
    PUBLISHED,
    /** Kafka refuses it. */
    REFUSED,
    /** Its topic cannot be written to. */
    TOPIC
}

package dev.outbox.relay.events;

/**
 * How far an event has come on its way to Kafka.
 *
 * @since 0.1.0
 */
public enum EventStage {
    /** It is committed, and not in Kafka yet. */
    WAITING,
    /** It cannot be published, or waits behind an event of its key that cannot; a person decides. */
    PARKED,
    /** Its topic cannot be written to; it is published when the topic is back. */
    HELD,
    /** A person has decided to publish it; the relay has not done so yet. */
    RELEASING,
    /** It is never published, because a person or the policy has decided so. */
    DISCARDED,
    /** Kafka has acknowledged it. */
    PUBLISHED;

    /** {@return the stage of an event that was set aside} */
    static EventStage setAside(boolean discarded, boolean released, boolean held) {
        if (discarded) {
            return DISCARDED;
        }
        if (released) {
            return RELEASING;
        }
        return held ? HELD : PARKED;
    }
}

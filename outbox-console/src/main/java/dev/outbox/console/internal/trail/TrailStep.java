package dev.outbox.console.internal.trail;

/**
 * A step of an event.
 *
 * @param kind which one
 * @param state whether it has been taken
 * @param detail where and when, or why not and what to do
 */
public record TrailStep(Kind kind, State state, String detail) {

    /** The steps, in order. */
    public enum Kind {
        /** It is in the outbox, so its transaction is committed. */
        COMMITTED,
        /** A relay owns its lane. */
        OWNED,
        /** Nothing keeps it aside: neither a person's decision nor its topic. */
        LET_THROUGH,
        /** Kafka has acknowledged it. */
        ACKNOWLEDGED,
        /** A consumer group has finished with its record. */
        CONSUMED
    }

    /** Whether a step has been taken. */
    public enum State {
        /** It has. */
        DONE,
        /** It has not, and something has to happen first. */
        NOT_DONE,
        /** It follows one that has not been taken. */
        LATER,
        /** Nobody has said. */
        NOT_KNOWN
    }
}

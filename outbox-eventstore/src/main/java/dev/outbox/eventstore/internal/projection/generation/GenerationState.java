package dev.outbox.eventstore.internal.projection.generation;

/** What a generation is there for. */
public enum GenerationState {
    /** Services read its tables. */
    SERVING,
    /** It is being filled beside the one that serves. */
    BUILDING,
    /** It has served, and its tables are kept for a rollback. */
    RETIRED,
    /** It was given up before it served. */
    CANCELLED,
    /** Its tables are gone. */
    DROPPED
}

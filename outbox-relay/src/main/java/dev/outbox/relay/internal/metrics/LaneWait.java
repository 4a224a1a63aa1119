package dev.outbox.relay.internal.metrics;

/** What a lane waits for. */
public enum LaneWait {
    /** Kafka has to answer or to acknowledge. */
    BROKER,
    /** The database has to answer. */
    DATABASE,
    /** What was read has to be on disk, or on standbys. */
    DURABILITY,
    /** An event that Kafka refuses, whose policy is to stop. */
    EVENT,
    /** Something else; the log says what. */
    OTHER
}

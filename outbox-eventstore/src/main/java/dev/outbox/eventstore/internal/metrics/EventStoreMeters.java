package dev.outbox.eventstore.internal.metrics;

/** Counts what a person should know of an event store. Thread-safe. */
public interface EventStoreMeters {

    /** Counts nothing. */
    EventStoreMeters NONE = new EventStoreMeters() {};

    /** Another transaction was faster than a command. */
    default void conflict(String aggregate) {}

    /** A snapshot was taken. */
    default void snapshotTaken(String aggregate) {}

    /** A snapshot could not be written. */
    default void snapshotFailed(String aggregate) {}

    /** A snapshot differs from what its events make of the state. */
    default void snapshotDiffers(String aggregate) {}
}

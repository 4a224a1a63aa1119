package dev.outbox.eventstore.internal.projection;

import java.util.function.DoubleSupplier;

/** The meters of one projection. Thread-safe. */
interface ProjectionMeters {

    /** Counts nothing. */
    ProjectionMeters NONE = new ProjectionMeters() {};

    /** Events have been handled and committed. */
    default void handled(long events) {}

    /** Events have been passed over by decision. */
    default void skipped(long events) {}

    /** An event has failed, and is tried again. */
    default void retried() {}

    /** A generation has taken the place of another one. */
    default void swapped() {}

    /** What is asked for when somebody reads the meters. */
    default void watch(DoubleSupplier lag, DoubleSupplier stopped, DoubleSupplier rebuilt) {}

    /** Creates the meters of a projection. */
    @FunctionalInterface
    interface Factory {

        ProjectionMeters of(String projection);
    }
}

package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.store.FailedEvent;
import org.jspecify.annotations.Nullable;

/** Hears what a lane does, on its thread. */
public interface ProjectionMonitor {

    /** Hears nothing. */
    ProjectionMonitor NONE = new ProjectionMonitor() {};

    /** A page was handled and committed. */
    default void handled(PassOutcome result) {}

    /** The lane has handled everything that there is. */
    default void caughtUp() {}

    /** An event has failed, and is tried again. */
    default void retried() {}

    /** The lane has stopped at an event, or goes on. */
    default void stopped(@Nullable FailedEvent failed) {}

    /** The lane is filled by another process, or by nobody. */
    default void left() {}
}

package dev.outbox.eventstore.internal.projection.lane;

import org.jspecify.annotations.Nullable;

/** Hears what a lane does, on its thread. */
public interface LaneMonitor {

    /** Hears nothing. */
    LaneMonitor NONE = new LaneMonitor() {};

    /** A page was handled and committed. */
    default void handled(PassResult result) {}

    /** The lane has handled everything that there is. */
    default void caughtUp() {}

    /** An event has failed, and is tried again. */
    default void retried() {}

    /** The lane has stopped at an event, or goes on. */
    default void stopped(@Nullable FailedEvent failed) {}

    /** The lane is filled by another process, or by nobody. */
    default void left() {}
}

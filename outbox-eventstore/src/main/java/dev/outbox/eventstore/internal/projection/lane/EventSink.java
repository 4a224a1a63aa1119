package dev.outbox.eventstore.internal.projection.lane;

import dev.outbox.eventstore.internal.projection.log.LogEvent;

/** What a projection does with an event, within the transaction that also saves the position. */
@FunctionalInterface
public interface EventSink {

    /** Handles one event; an event that does not matter to the projection is ignored. */
    void handle(LogEvent event);
}

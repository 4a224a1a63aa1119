package dev.outbox.capture;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventPayload;

/** Writes events as bytes, once, on the thread that raises them. A bean of this type replaces the JSON one. */
@FunctionalInterface
public interface PayloadSerializer {

    /**
     * {@return the event in the form in which it is stored and sent}
     *
     * <p>Whatever it throws refuses the event in the transaction of the caller.
     *
     * @param type what the class declares
     * @param event the event
     */
    EventPayload serialize(DomainEventType type, Object event);
}

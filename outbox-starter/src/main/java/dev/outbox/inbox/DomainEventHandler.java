package dev.outbox.inbox;

import dev.outbox.inbox.failure.FailurePolicy;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that handles a domain event.
 *
 * <pre>{@code
 * @DomainEventHandler
 * void reserve(OrderPlaced event, EventMetadata metadata) { ... }
 * }</pre>
 *
 * <p>The first parameter is a class declared by {@code @DomainEvent}; it says which event, and in which version, the
 * method understands. The second, {@link EventMetadata}, may be left out. The method returns nothing.
 *
 * <p>It is called in a transaction, in which the event has been entered into the inbox before. What it changes in the
 * database commits together with that entry, so a record that Kafka delivers again changes nothing. If it throws, both
 * are rolled back and the event is tried again, before any later one of its partition. When its attempts are used up, it is
 * parked with all that follow of its key, unless {@link #onFailure} or the settings want something else. What it changes
 * elsewhere (a mail, a call to another service) may happen more than once.
 *
 * <p>Several methods may handle one event; they run in the order that {@code @Order} gives them, on the method or on its
 * class, in the same transaction. All events of a poll are handled in one transaction, in their order; only if that fails,
 * in smaller ones. They are called from several threads if {@code outbox.inbox.concurrency} says so,
 * never at once for events of one partition.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DomainEventHandler {

    /**
     * Name of the consumer that the handler belongs to; by default that of the service. Each consumer has a group, a
     * thread and an inbox of its own: it gets every event, at its own pace, and remembers itself what it has handled. A new
     * name is a new consumer, to which all events that are still on the topics are new.
     */
    String consumer() default "";

    /** What becomes of an event that this method keeps failing for, at most one; by default as the settings say. */
    FailurePolicy[] onFailure() default {};

    /** How often an event is tried that this method fails for; by default, 0, as often as the settings say. */
    int attempts() default 0;
}

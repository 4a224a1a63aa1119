package dev.outbox.consumer;

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
 * <p>The first parameter is a class annotated with {@code @DomainEvent}. It determines which event the method understands, and
 * in which version. The second parameter, {@link EventMetadata}, is optional. The method returns nothing.
 *
 * <p>The method is called in a transaction in which the event has already been entered into the inbox. Its database changes are
 * committed together with that entry, so a record that Kafka delivers again changes nothing. If the method throws, both are
 * rolled back, and the event is tried again before any later event of its partition. When its attempts are used up, the event
 * is parked together with all later events of its key, unless {@link #onFailure} or the settings say otherwise. Other effects
 * of the method (a mail, a call to another service) may happen more than once.
 *
 * <p>Several methods may handle the same event. They run in the same transaction, in the order given by {@code @Order} on the
 * method or on its class. All events of a poll are handled in one transaction, in order; only if that fails are they handled in
 * smaller transactions. The methods are called from several threads if {@code outbox.inbox.concurrency} says so, but never at
 * the same time for events of one partition.
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DomainEventHandler {

    /**
     * Name of the consumer that the handler belongs to; by default the consumer of the service. Each consumer has its own
     * group, thread and inbox: it gets every event, at its own pace, and remembers what it has handled. A new name is a new
     * consumer. For a new consumer, all events that are still on the topics are new.
     */
    String consumer() default "";

    /** What happens to an event that this method keeps failing on. By default the settings decide. */
    FailurePolicy onFailure() default FailurePolicy.DEFAULT;

    /** How often an event that this method fails on is tried. With 0, the default, the settings decide. */
    int attempts() default 0;
}

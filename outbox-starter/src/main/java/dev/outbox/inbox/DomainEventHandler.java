package dev.outbox.inbox;

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
 * are rolled back and the event is tried again, before any later one of its partition; it is never skipped. What it
 * changes elsewhere (a mail, a call to another service) may happen more than once.
 *
 * <p>Several methods may handle one event; they run in the order that {@code @Order} gives them, on the method or on its
 * class, in the same transaction. They are called from several threads if {@code outbox.inbox.concurrency} says so,
 * never at once for events of one partition.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface DomainEventHandler {}

package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a class, usually a record, as a domain event that the service publishes or consumes.
 *
 * <pre>{@code
 * @DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
 * public record OrderPlaced(@AggregateId UUID orderId, String customer, List<Line> lines, String currency) {}
 * }</pre>
 *
 * <p>An event that is raised in a transaction, through {@code AbstractAggregateRoot}, {@code ApplicationEventPublisher} or
 * {@code Outbox.publish}, is stored in that transaction and published to Kafka after its commit. On the consuming side, the
 * same annotation says which events, in which version, a handler understands. The two classes need not be the same: type and
 * version identify the event, and the class name is never sent.
 *
 * <p>The annotation is not inherited: if only the superclass or interface of an event is annotated, the event is refused when
 * it is raised.
 *
 * <p>Declared classes are found at start in the packages of the application, or in {@code outbox.packages}.
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface DomainEvent {

    /** What happened, in the past tense, such as {@code OrderPlaced}. */
    String type();

    /** Version of the payload, counted from 1; a change that old consumers cannot read needs a new one. */
    int version() default 1;

    /** Kind of the aggregate that the event belongs to, such as {@code Order}. */
    String aggregate();

    /**
     * Kafka topic; by default the one that {@code outbox.topics} names for the aggregate, otherwise
     * {@code outbox.event.<aggregate>}.
     */
    String topic() default "";
}

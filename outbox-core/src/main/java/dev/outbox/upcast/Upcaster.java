package dev.outbox.upcast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that turns the payload of one version of an event into the next version.
 *
 * <pre>{@code
 * @Upcaster(type = "OrderPlaced", from = 1)
 * ObjectNode addCurrency(ObjectNode order) {
 *     return order.put("currency", "EUR");
 * }
 * }</pre>
 *
 * <p>The method takes the payload as {@code tools.jackson.databind.node.ObjectNode}, which it may change. What it returns
 * determines what happens to the event:
 *
 * <ul>
 *   <li>an {@code ObjectNode}: the next version, or the one event that {@link #to} names, which may be of another type,
 *   <li>a {@code List<EventNode>}: several events, one, or none; {@link #to} must name each of them,
 *   <li>nothing ({@code void}): the event is always dropped.
 * </ul>
 *
 * <p>The method must be pure: its result depends on the argument alone, because the same step is used for an event that is
 * delivered now, one that was parked, and one that is replayed years later. It may be called from several threads.
 *
 * <p>Steps are chained, so a new version needs only a step from the version before. They are checked at start.
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Upcaster {

    /** The type whose payload it reads, as in {@code @DomainEvent}. */
    String type();

    /** The version it reads. */
    int from();

    /** What it makes; by default version {@code from + 1} of the same type. */
    To[] to() default {};

    /** An event that a step makes. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface To {

        /** The type, as in {@code @DomainEvent}. */
        String type();

        /** The version of the payload that the step makes; further steps may continue from it. */
        int version() default 1;
    }
}

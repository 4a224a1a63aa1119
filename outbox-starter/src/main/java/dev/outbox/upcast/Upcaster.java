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
 * <p>The method takes the payload as {@code tools.jackson.databind.node.ObjectNode} and returns an {@code ObjectNode};
 * it may change the one it was given. It is pure: the result depends on the argument alone, for the same step serves
 * an event that is delivered now and one that is replayed in years. It may be called from several threads.
 *
 * <p>Steps are chained, so one from the version before is all that a new version needs. They are checked at start.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Upcaster {

    /** The type whose payload it reads, as in {@code @DomainEvent}. */
    String type();

    /** The version it reads; the result is of version {@code from + 1}. */
    int from();
}

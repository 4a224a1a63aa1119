package dev.outbox.downcast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a bean that turns the payload of one version of an event into the version before, for consumers that
 * know only that one. It is called while {@code outbox.versions.also-publish} names an earlier version of the type.
 *
 * <pre>{@code
 * @Downcaster(type = "OrderPlaced", from = 2)
 * ObjectNode withoutCurrency(ObjectNode order) {
 *     order.remove("currency");
 *     return order;
 * }
 * }</pre>
 *
 * <p>The method takes the payload as {@code tools.jackson.databind.node.ObjectNode}, which it may change, and returns an
 * {@code ObjectNode}. It is pure, and may be called from several threads. It runs in the transaction that raises the event;
 * what it throws refuses the event there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Downcaster {

    /** The type whose payload it reads, as in {@code @DomainEvent}. */
    String type();

    /** The version it reads; the result is of version {@code from - 1}. */
    int from();
}

package dev.outbox.producer.downcast;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean method that turns the payload of one version of an event into the previous version, for consumers that know only
 * that one. It is called while {@code outbox.versions.also-publish} names an earlier version of the type.
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
 * {@code ObjectNode}. It must be pure, and may be called from several threads. It runs in the transaction that raises the
 * event; if it throws, the event is refused there.
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Downcaster {

    /** The type whose payload it reads, as in {@code @DomainEvent}. */
    String type();

    /** The version it reads; the result has version {@code from - 1}. */
    int from();
}

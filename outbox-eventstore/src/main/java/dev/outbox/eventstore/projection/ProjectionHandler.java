package dev.outbox.eventstore.projection;

import dev.outbox.eventstore.StoredEvent;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of a {@link Projection} bean that handles an event.
 *
 * <p>The first parameter is a class annotated with {@code @DomainEvent}; an event that was stored in an earlier version comes
 * through the {@code @Upcaster} steps. The second, {@link StoredEvent}, is optional. The method returns nothing. It is called in a
 * transaction of the service's transaction manager, in which the position is saved as well. If it throws, the transaction is rolled
 * back and the event is tried again; no later event of its lane is handled before it succeeds or a person decides to skip it.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ProjectionHandler {}

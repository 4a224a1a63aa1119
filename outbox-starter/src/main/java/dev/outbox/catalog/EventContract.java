package dev.outbox.catalog;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says of a domain event what the catalog tells people, and which changes are allowed. Beside {@code @DomainEvent} on a
 * class, or on a package for all of its events; the class has precedence. Nothing of it is needed to publish or to
 * consume.
 *
 * <p>That an event is going to end is told by {@link Deprecated} on its class.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface EventContract {

    /** What happened, in a sentence for those who consume it. */
    String description() default "";

    /** Who answers for the event; by default the service that publishes it, if that is known, else this one. */
    String owner() default "";

    /**
     * The service that publishes the event; by default this one, or an unknown one if a handler of this service takes the
     * event. A service that handles its own event names itself.
     */
    String producer() default "";

    /**
     * Which changes a released version may undergo; one value. By default {@link Compatibility#FULL}, and
     * {@link Compatibility#NONE} for events of other services.
     */
    Compatibility[] compatibility() default {};

    /** Whether the name of the type is checked to be in the past tense. */
    boolean pastTense() default true;
}

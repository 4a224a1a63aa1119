package dev.outbox.contract;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a domain event for the readers of the catalog, and says which changes are allowed. It goes next to
 * {@code @DomainEvent} on a class, or on a package for all of its events; the class takes precedence. Publishing and consuming
 * do not need it.
 *
 * <p>{@link Deprecated} on the class of an event announces that it will be retired.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface EventContract {

    /** What happened, in one sentence for those who consume the event. */
    String description() default "";

    /** Who is responsible for the event; by default the service that publishes it, if that is known, otherwise this one. */
    String owner() default "";

    /**
     * The service that publishes the event; by default this one, or unknown if a handler of this service takes the event. A
     * service that handles its own event must name itself.
     */
    String producer() default "";

    /**
     * Which changes to a released version are allowed. By default {@link Compatibility#FULL}, and {@link Compatibility#NONE}
     * for events of other services.
     */
    Compatibility compatibility() default Compatibility.DEFAULT;

    /** Whether the name of the type is checked to be in the past tense. */
    boolean pastTense() default true;
}

package dev.outbox.eventstore.aggregate;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method of an {@link EventSourced} class that says what an event makes of the state. It takes the event, and is
 *
 * <ul>
 *   <li>a static method that returns the state, for an event that an aggregate begins with; or one that takes the state before
 *     the event, which may be null,
 *   <li>an instance method that returns the next state,
 *   <li>an instance method that returns nothing, if the state is mutable. The class then has a constructor without parameters.
 * </ul>
 *
 * <p>The method must be pure: its result depends on state and event alone, because the same events are applied again whenever the
 * aggregate is loaded, for as long as they are stored. It decides nothing and refuses nothing: the event has happened.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Evolve {}

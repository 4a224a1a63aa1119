package dev.outbox.eventstore.projection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean whose {@link ProjectionHandler} methods fill tables from stored events.
 *
 * <pre>{@code
 * @Component
 * @Projection(name = "order_list", version = 2, tables = "order_list")
 * class OrderList {
 *
 *     @ProjectionHandler
 *     void add(OrderPlaced event) { ... }
 * }
 * }</pre>
 *
 * <p>The handlers and the position commit in one transaction, so each event takes effect once. The events of a stream come in their
 * order. What is in the tables follows from the events alone: handlers write to these tables and to nothing else, name them
 * without a schema, and raise no events, because they are called for all events again when the projection is rebuilt.
 *
 * <p>A service that is deployed with a higher version rebuilds the projection beside the one that serves, and swaps the tables when
 * the new ones have everything: see {@link Projections}.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Projection {

    /**
     * Identifies the projection in the database, and must stay: another name is another projection. Lower-case letters, digits
     * and underscores, and a letter first.
     */
    String name();

    /** Version of handlers and tables, counted from 1. Raise it when what is in the tables would be different. */
    int version() default 1;

    /** The tables that the handlers fill, by their names without a schema. Migrations of the service create them. */
    String[] tables();

    /**
     * How many lanes work at the same time, 1 to 64. The events of a stream are in one lane. A change takes effect with the next
     * rebuild.
     */
    int lanes() default 1;

    /**
     * Where it begins, and each rebuild of it: {@code beginning}, {@code now}, or a time such as {@code 2026-01-31T00:00:00Z}. The
     * property {@code outbox.projection.start} takes precedence.
     */
    String start() default "beginning";

    /**
     * Whether the projection is rebuilt when a subject is forgotten, if it handles events with {@code @Personal} members. If not,
     * its handlers have to remove what they have stored, for example when an event says that somebody is gone.
     */
    boolean rebuildWhenForgotten() default true;
}

package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the sequence of a {@link DomainEvent} within its aggregate, 1, 2, 3, ...: a record component, a field or a
 * method without parameters, of type {@code long}, {@code int}, {@code Long} or {@code Integer}. The aggregate then counts its
 * events itself, and the outbox keeps no row with a count: capture is a plain insert.
 *
 * <pre>{@code
 * update account set balance = balance + ?, events = events + 1 where id = ? returning events
 * }</pre>
 *
 * <p>A service that uses this annotation takes over what the outbox otherwise does:
 *
 * <ul>
 *   <li>The count is stored in a row of the database, and each transaction that raises events of the aggregate changes that row
 *     before it ends: with a statement like the one above, or through a mapped field of an entity, which is flushed before the
 *     events are written. This change locks the aggregate until the commit. <em>Without it, the order of the aggregate's events
 *     is not defined.</em>
 *   <li>Two transactions never assign the same number: the statement increments in place, or the entity has a {@code @Version}
 *     or is read under a lock.
 *   <li>Each number is assigned to one event that is raised, in the order of raising. An event that is counted but not raised
 *     leaves a gap, and a consumer that watches the sequence waits there.
 *   <li>The count never goes back, neither because of a delete nor because an id is used again.
 * </ul>
 *
 * <p>Either all events of an aggregate that a service publishes mark a sequence, or none does.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface AggregateSequence {}

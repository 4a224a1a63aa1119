package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what says which of its aggregate's events a {@link DomainEvent} is, 1, 2, 3, ...: a record component, a field or a
 * method without parameters, of type {@code long}, {@code int}, {@code Long} or {@code Integer}. The aggregate then counts
 * its events itself, and the outbox keeps no row that does: capture is a plain insert.
 *
 * <pre>{@code
 * update account set balance = balance + ?, events = events + 1 where id = ? returning events
 * }</pre>
 *
 * <p>What the outbox otherwise does falls to whoever marks it:
 *
 * <ul>
 *   <li>The count stands in a row of the database, and each transaction that raises events of the aggregate changes that
 *       row, before its end: by a statement like the one above, or as a mapped field of an entity, which is flushed before
 *       the events are written. This change holds the aggregate until the commit. <em>Without it the order of the
 *       aggregate's events is not defined.</em>
 *   <li>Two transactions never give the same number: the statement increments in place, or the entity has a
 *       {@code @Version} or is read under a lock.
 *   <li>Each number is given to one event that is raised, in the order of raising. An event that is counted and then not
 *       raised is a gap, at which a consumer that watches the sequence waits.
 *   <li>The count is never taken back, neither by a delete nor by an id that is used again.
 * </ul>
 *
 * <p>All events of an aggregate that a service publishes mark it, or none does.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface AggregateSequence {}

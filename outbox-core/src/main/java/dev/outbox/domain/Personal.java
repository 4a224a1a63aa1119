package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a member of a {@link DomainEvent} that is about a person: a record component, a field or a getter. Its value is encrypted
 * under a key of that person, the subject, when the event is raised, wherever the event then goes: the outbox, streams and Kafka.
 * Once the subject is forgotten, the key is gone, and the member is read as null, or as an empty {@code Optional}. So it must be
 * declared {@code @Nullable} or {@code Optional}, or the application does not start.
 *
 * <pre>{@code
 * @DomainEvent(type = "OrderPlaced", aggregate = "Order")
 * record OrderPlaced(@AggregateId UUID order, UUID customer, @Personal(subject = "customer") @Nullable String address) {}
 * }</pre>
 *
 * <p>Whatever the member leads to is encrypted with it, so members of nested classes are not marked.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface Personal {

    /**
     * The member of the same class whose text identifies the subject. It is not encrypted itself, so it should be an id that says
     * nothing without other tables. By default, the subject is the aggregate.
     */
    String subject() default "";
}

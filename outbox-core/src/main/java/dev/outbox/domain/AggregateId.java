package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what identifies the aggregate of a {@link DomainEvent}: a record component, a field or a method without parameters, of
 * type {@code String}, {@code UUID}, {@code BigInteger}, an integer type or an enum, or a record with one component of these.
 * For any other type, declare a bean of type {@code Converter<ThatType, String>} (Spring's
 * {@link org.springframework.core.convert.converter.Converter}); if there is a converter for a record or an enum, it takes
 * precedence.
 *
 * <p>Its text is the key of the Kafka record. Events with the same id are published in the order in which their
 * transactions committed.
 *
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface AggregateId {}

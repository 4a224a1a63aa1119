package dev.outbox.domain;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what identifies the aggregate of a {@link DomainEvent}: a record component, a field or a method without
 * parameters, of type {@code String}, {@code UUID}, {@code Long}, {@code Integer} or {@code BigInteger}.
 *
 * <p>Its text is the key of the Kafka record. Events with the same id are published in the order in which their
 * transactions committed.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface AggregateId {}

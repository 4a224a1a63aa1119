package dev.outbox.datasource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@link javax.sql.DataSource} bean that holds the outbox and inbox tables, in an application that has several. It
 * must be the one of the business data, because both are written in one transaction.
 *
 * <pre>{@code
 * @Bean
 * @OutboxDataSource
 * DataSource orders() { ... }
 * }</pre>
 *
 * <p>{@code outbox.datasource.qualifier} takes precedence over this annotation. Without either, the only or the primary
 * DataSource is used.
 * @since 0.1.0
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Qualifier
public @interface OutboxDataSource {}

package dev.outbox.setup;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.beans.factory.annotation.Qualifier;

/**
 * Marks the {@link javax.sql.DataSource} bean that holds the tables of outbox and inbox, in an application that has several:
 * that of the business data, as both are written in one transaction.
 *
 * <pre>{@code
 * @Bean
 * @OutboxDataSource
 * DataSource orders() { ... }
 * }</pre>
 *
 * <p>{@code outbox.datasource.qualifier} has precedence over it. Without either, the only one is taken, or the primary one.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Qualifier
public @interface OutboxDataSource {}

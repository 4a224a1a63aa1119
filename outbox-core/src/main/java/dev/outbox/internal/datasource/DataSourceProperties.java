package dev.outbox.internal.datasource;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Which DataSource it is.
 *
 * @param qualifier bean name or qualifier of the DataSource with the outbox and inbox tables, if there are several; by
 *     default the one marked with @OutboxDataSource, else the only one or the primary one
 */
@ConfigurationProperties("outbox.datasource")
public record DataSourceProperties(@Nullable String qualifier) {}

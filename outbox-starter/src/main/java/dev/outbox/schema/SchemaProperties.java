package dev.outbox.schema;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tables.
 *
 * @param migrate whether the tables are made and brought up to date at start; switch it off where the DDL is applied by
 *     hand
 */
@ConfigurationProperties("outbox.schema")
public record SchemaProperties(@DefaultValue("true") boolean migrate) {}

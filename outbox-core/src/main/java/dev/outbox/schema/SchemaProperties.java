package dev.outbox.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tables.
 *
 * @param migrate whether the tables are made and brought up to date at start; switch it off where the DDL is applied by
 *     hand
 * @param name schema of the tables, whatever the search_path of a connection is, as the database spells it; without it,
 *     their names are left to the search_path
 * @param names schemas that have tables of their own, one for each tenant, between which search_path or an
 *     OutboxSchemaResolver chooses; with them, there are no others but those of name
 */
@ConfigurationProperties("outbox.schema")
public record SchemaProperties(
        @DefaultValue("true") boolean migrate,
        @Nullable String name,
        @DefaultValue List<String> names) {}

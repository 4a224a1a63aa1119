package dev.outbox.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the tables.
 *
 * @param migrate whether the tables are created and migrated at start; set it to false if you apply the DDL by hand
 * @param name schema of the tables, whatever the search_path of a connection is, spelled as in the database; without it,
 *     the search_path decides
 * @param names schemas that each have their own tables, one for each tenant; the search_path or an OutboxSchemaResolver
 *     chooses between them; if set, no other schema has tables, except that of name
 */
@ConfigurationProperties("outbox.schema")
record SchemaProperties(
        @DefaultValue("true") boolean migrate,
        @Nullable String name,
        @DefaultValue List<String> names) {}

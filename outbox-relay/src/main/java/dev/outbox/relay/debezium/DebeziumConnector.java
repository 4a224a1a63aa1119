package dev.outbox.relay.debezium;

import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxTables;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The configuration of a Debezium connector, for Kafka Connect, that publishes the outbox as the relay does: the same topics,
 * keys and values, and the same headers, except that those of the event's own come in one. It has no password; a worker of
 * Kafka Connect finds that in its environment. Immutable.
 *
 * @param name name of the connector
 * @param config its settings, in the order in which they are shown
 * @since 0.1.0
 */
public record DebeziumConnector(String name, Map<String, String> config) {

    /** What a worker of Kafka Connect replaces, if it has {@code config.providers=env}. */
    public static final String PASSWORD = "${env:OUTBOX_DATABASE_PASSWORD}";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Keeps an unmodifiable copy, in the same order. */
    public DebeziumConnector {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /**
     * {@return the connector for a database}
     *
     * @param jdbcUrl where the database is: PostgreSQL, MariaDB or MySQL
     * @param user whom Debezium connects as; null if the configuration is to be completed by hand
     * @param tables where the tables are; those on the search_path are taken for those of schema public
     * @param slot name of the replication slot in PostgreSQL; null for the default
     * @param publication name of the publication in PostgreSQL; null for the default
     * @throws IllegalArgumentException if the URL does not name one server and one database of these products
     */
    public static DebeziumConnector of(
            String jdbcUrl,
            @Nullable String user,
            OutboxTables tables,
            @Nullable String slot,
            @Nullable String publication) {
        ConnectorSource source = ConnectorSource.of(jdbcUrl);
        String name = "outbox-" + source.database()
                + tables.schema().map(schema -> "-" + schema).orElse("");
        Map<String, String> config = new LinkedHashMap<>();
        config.put("connector.class", source.product().connector());
        config.put("tasks.max", "1");
        config.put("topic.prefix", name);
        config.put("database.hostname", source.host());
        config.put("database.port", source.port());
        config.put("database.user", user == null ? "" : user);
        config.put("database.password", PASSWORD);
        if (source.product() == ConnectorSource.Product.POSTGRESQL) {
            ConnectorSettings.postgres(
                    config,
                    source.database(),
                    tables.schema().orElse("public"),
                    new SlotName(slot, "outbox_debezium").in(source::database, tables),
                    Publication.nameOf(publication, tables));
        } else {
            ConnectorSettings.binlog(config, source.database(), name);
        }
        ConnectorSettings.reading(config);
        ConnectorSettings.records(config);
        return new DebeziumConnector(name, config);
    }

    /** {@return the body of a {@code POST} to {@code /connectors} of Kafka Connect} */
    public String json() {
        return JSON.writeValueAsString(this);
    }
}

package dev.outbox.benchmark.debezium;

import dev.outbox.benchmark.contender.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Settings of the engine.
 *
 * @param settings where the servers are
 * @param offsets file that keeps the position
 * @param tuned whether batches are large and polls frequent
 */
record EngineSettings(Settings settings, Path offsets, boolean tuned) {

    Properties properties() {
        Properties properties = new Properties();
        connector(properties);
        router(properties);
        if (tuned) {
            properties.setProperty("max.batch.size", "8192");
            properties.setProperty("max.queue.size", "32768");
            properties.setProperty("poll.interval.ms", "5");
            properties.setProperty("offset.flush.interval.ms", "1000");
        }
        return properties;
    }

    private void connector(Properties properties) {
        URI database = URI.create(settings.jdbcUrl().substring("jdbc:".length()));
        String name = database.getPath().substring(1);
        properties.setProperty("name", name);
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.setProperty("database.hostname", database.getHost());
        properties.setProperty("database.port", Integer.toString(database.getPort()));
        properties.setProperty("database.dbname", name);
        properties.setProperty("database.user", settings.user());
        properties.setProperty("database.password", settings.password());
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", name);
        properties.setProperty("slot.retry.delay.ms", "300");
        properties.setProperty("slot.max.retries", "30");
        properties.setProperty("publication.name", DebeziumOutbox.PUBLICATION);
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("table.include.list", "public.outbox");
        properties.setProperty("topic.prefix", name);
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.FileOffsetBackingStore");
        properties.setProperty("offset.storage.file.filename", offsets.toString());
        // Kafka Connect's configuration wants one; nothing connects to it.
        properties.setProperty("bootstrap.servers", settings.bootstrapServers());
    }

    private void router(Properties properties) {
        properties.setProperty("transforms", "outbox");
        properties.setProperty("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        properties.setProperty("transforms.outbox.route.topic.replacement", settings.topic());
        properties.setProperty("transforms.outbox.table.fields.additional.placement", "type:header:eventType");
    }
}

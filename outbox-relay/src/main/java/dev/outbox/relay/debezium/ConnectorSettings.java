package dev.outbox.relay.debezium;

import dev.outbox.event.EventHeaders;
import java.util.Map;

/** The settings of a connector, by what they are about. The names are Debezium's and Kafka Connect's. */
final class ConnectorSettings {

    /** Prefix of the messages that move the replication slot on; they are not published. */
    private static final String HEARTBEAT = "outbox-heartbeat";

    /** Columns that become headers, in the order in which the relay writes them. */
    private static final String HEADERS = String.join(
            ",",
            header("id", EventHeaders.ID),
            header("source", EventHeaders.SOURCE),
            header("type", EventHeaders.TYPE),
            header("aggregateid", EventHeaders.SUBJECT),
            header("created_at", EventHeaders.TIME),
            header("version", EventHeaders.DATA_VERSION),
            header("aggregate_seq", EventHeaders.SEQUENCE),
            header("contenttype", EventHeaders.CONTENT_TYPE),
            header("headers", EventHeaders.ALL));

    private ConnectorSettings() {}

    /** What is read of PostgreSQL. The publication and the slot are there before the connector is. */
    static void postgres(Map<String, String> config, String database, String schema, String slot, String publication) {
        config.put("database.dbname", database);
        config.put("plugin.name", "pgoutput");
        config.put("slot.name", slot);
        config.put("publication.name", publication);
        config.put("publication.autocreate.mode", "disabled");
        config.put("schema.include.list", schema);
        config.put("table.include.list", schema + ".outbox_event");
        // The driver's own confirmation can be ahead of what Kafka has.
        config.put("lsn.flush.mode", "connector");
        // Otherwise the server keeps its WAL for as long as there are no events.
        config.put("heartbeat.action.query", "select pg_logical_emit_message(false, '" + HEARTBEAT + "', '')");
        config.put("message.prefix.exclude.list", HEARTBEAT);
    }

    /** What is read of MariaDB or MySQL. */
    static void binlog(Map<String, String> config, String database, String name) {
        config.put("database.server.id", "85744");
        config.put("database.include.list", database);
        config.put("table.include.list", database + ".outbox_event");
        config.put("schema.history.internal.kafka.bootstrap.servers", "${env:OUTBOX_BOOTSTRAP_SERVERS}");
        config.put("schema.history.internal.kafka.topic", name + ".schema-history");
        config.put("schema.history.internal.store.only.captured.tables.ddl", "true");
        config.put("include.schema.changes", "false");
        // A time is a text, as a header has to be.
        config.put("time.precision.mode", "isostring");
    }

    /** How the changes are read. */
    static void reading(Map<String, String> config) {
        // What is in the table already is published, or will be by the relay.
        config.put("snapshot.mode", "no_data");
        config.put("skipped.operations", "u,d,t");
        config.put("tombstones.on.delete", "false");
        config.put("heartbeat.interval.ms", "10000");
        config.put("poll.interval.ms", "50");
        config.put("max.batch.size", "8192");
        config.put("max.queue.size", "32768");
        config.put("max.queue.size.in.bytes", "67108864");
    }

    /** How a row becomes a record. */
    static void records(Map<String, String> config) {
        config.put("binary.handling.mode", "bytes");
        config.put("extended.headers.enabled", "false");
        config.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("value.converter", "io.debezium.converters.BinaryDataConverter");
        // For what is no event: Debezium's heartbeats.
        config.put("value.converter.delegate.converter.type", "org.apache.kafka.connect.json.JsonConverter");
        config.put("value.converter.delegate.converter.type.schemas.enable", "false");
        config.put("header.converter", "org.apache.kafka.connect.storage.StringConverter");
        config.put("transforms", "constant,specversion,outbox,id");
        // By way of a field: what InsertHeader takes for a number it writes without the zero.
        config.put("transforms.constant.type", "org.apache.kafka.connect.transforms.InsertField$Value");
        config.put("transforms.constant.static.field", EventHeaders.SPEC_VERSION);
        config.put("transforms.constant.static.value", EventHeaders.SPEC_VERSION_VALUE);
        config.put("transforms.specversion.type", "org.apache.kafka.connect.transforms.HeaderFrom$Value");
        config.put("transforms.specversion.fields", EventHeaders.SPEC_VERSION);
        config.put("transforms.specversion.headers", EventHeaders.SPEC_VERSION);
        config.put("transforms.specversion.operation", "copy");
        config.put("transforms.outbox.type", "io.debezium.transforms.outbox.EventRouter");
        config.put("transforms.outbox.route.by.field", "topic");
        config.put("transforms.outbox.route.topic.replacement", "${routedByValue}");
        config.put("transforms.outbox.table.fields.additional.placement", HEADERS);
        // The router has given the id a header of its own as well.
        config.put("transforms.id.type", "org.apache.kafka.connect.transforms.DropHeaders");
        config.put("transforms.id.headers", "id");
    }

    private static String header(String column, String name) {
        return column + ":header:" + name;
    }
}

package dev.outbox.debezium;

import dev.outbox.relay.debezium.DebeziumConnector;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody does by hand before the connector is created. */
final class Handover {

    private Handover() {}

    static void prepare(JdbcClient jdbc, DebeziumConnector connector) {
        Map<String, String> config = connector.config();
        jdbc.sql(("create publication %s for table outbox_event"
                                + " with (publish = 'insert', publish_via_partition_root = true)")
                        .formatted(config.get("publication.name")))
                .update();
        jdbc.sql("select pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(config.get("slot.name")))
                .query()
                .listOfRows();
    }
}

package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.debezium.DebeziumConnector;
import dev.outbox.relay.internal.database.DatabaseProperties;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings for Debezium, and of a relay whose engine is debezium.
 *
 * @param slot name of the replication slot that Debezium reads; by default outbox_debezium_ and the name of the database, and
 *     of the schema if one is set
 * @param publication name of the publication; by default outbox, and the name of the schema if one is set
 * @param heartbeat how often the relay asks how far Debezium has come
 */
@ConfigurationProperties("outbox.relay.debezium")
record DebeziumProperties(
        @Nullable String slot,
        @Nullable String publication,
        @DefaultValue("1s") Duration heartbeat) {

    /**
     * @throws IllegalArgumentException if the interval is not positive, or the name of the slot is not one that PostgreSQL
     *     accepts
     */
    public DebeziumProperties {
        if (heartbeat.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.relay.debezium.heartbeat is not positive: " + heartbeat);
        }
        slot = SlotName.legal("outbox.relay.debezium.slot", slot);
    }

    /**
     * {@return the connector for these tables}
     *
     * @param url asked for the database of the service, if the relay has none of its own
     * @param user asked for the user of the service, if the relay has none of its own
     */
    DebeziumConnector connector(
            Supplier<String> url, Supplier<@Nullable String> user, DatabaseProperties relay, OutboxTables tables) {
        return DebeziumConnector.of(
                relay.url() == null ? url.get() : relay.url(),
                relay.username() == null ? user.get() : relay.username(),
                tables,
                slot,
                publication);
    }

    SlotName slotName() {
        return new SlotName(slot, "outbox_debezium");
    }
}

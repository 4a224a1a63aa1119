package dev.outbox.relay.internal.tail;

import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a relay whose engine is tail.
 *
 * @param slot name of the replication slot; by default outbox_ and the name of the database, and of the schema if one is set
 * @param publication name of the publication; by default outbox, and the name of the schema if one is set
 * @param createSlot whether the relay creates the replication slot if there is none, and creates it again if the server has
 *     given it up
 * @param createPublication whether the relay creates the publication if there is none
 * @param heartbeat how often the relay asks where the server is and confirms how far it has come, while there are no events
 */
@ConfigurationProperties("outbox.relay.tail")
public record TailProperties(
        @Nullable String slot,
        @Nullable String publication,
        @DefaultValue("true") boolean createSlot,
        @DefaultValue("true") boolean createPublication,
        @DefaultValue("1s") Duration heartbeat) {

    /**
     * @throws IllegalArgumentException if the interval is not positive, or the name of the slot is not one that PostgreSQL
     *     accepts
     */
    public TailProperties {
        if (heartbeat.compareTo(Duration.ZERO) <= 0) {
            throw new IllegalArgumentException("outbox.relay.tail.heartbeat is not positive: " + heartbeat);
        }
        slot = SlotName.legal("outbox.relay.tail.slot", slot);
    }

    /** {@return the name of the publication of these tables} */
    String publicationOf(OutboxTables tables) {
        return Publication.nameOf(publication, tables);
    }
}

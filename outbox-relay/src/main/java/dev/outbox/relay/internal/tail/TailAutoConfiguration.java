package dev.outbox.relay.internal.tail;

import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.lease.RelayName;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.relay.internal.replication.ReplicationSession;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of a relay whose engine is tail. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayDatabaseAutoConfiguration.class)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "outbox.relay.engine", havingValue = "tail")
@ConditionalOnBean(RelayDatabase.class)
@EnableConfigurationProperties({TailProperties.class, RelayProperties.class})
public final class TailAutoConfiguration {

    /** To a login, and to everything that does not wait for other transactions. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

    /** The creation of a slot waits for transactions, and is tried again if they take longer. */
    private static final Duration CREATION_WITHIN = Duration.ofSeconds(60);

    TailAutoConfiguration() {}

    @Bean
    Publication outboxPublication(TailProperties properties, RelayDatabase database, OutboxTables tables) {
        return Publication.postgres(database.dataSource(), tables, properties.publicationOf(tables));
    }

    @Bean
    ReplicationSlot outboxReplicationSlot(TailProperties properties, RelayDatabase database, OutboxTables tables) {
        DataSource creating = database.unpooled(CREATION_WITHIN).orElse(database.dataSource());
        return ReplicationSlot.postgres(
                database.dataSource(), creating, tables, new SlotName(properties.slot(), "outbox"));
    }

    @Bean
    TailMonitor outboxTailMonitor(ReplicationSlot slot) {
        return new TailMonitor(slot.name());
    }

    @Bean
    TailStream outboxTailStream(
            TailProperties properties,
            RelayProperties relay,
            RelayName name,
            Publication publication,
            ReplicationSlot slot,
            RelayDatabase database,
            TailMonitor monitor) {
        Duration ttl = relay.lease().ttl();
        Duration silence = ttl.compareTo(ANSWER_WITHIN) < 0 ? ttl : ANSWER_WITHIN;
        DataSource replication = database.unpooled(ANSWER_WITHIN, ReplicationSession.properties(name.id(), silence))
                .orElseThrow(() -> new TailUnavailableException(
                        "outbox.relay.engine is tail, but the relay uses a DataSource whose connections it cannot prepare"
                                + " for replication",
                        "Set outbox.relay.database.url, or outbox.relay.engine=poll."));
        return new TailStream(
                from -> ReplicationSession.start(
                        replication, slot.name(), publication.name(), silence.dividedBy(3), from),
                slot,
                properties,
                relay.page().budget().times(relay.page().inFlight()),
                monitor,
                System::nanoTime);
    }
}

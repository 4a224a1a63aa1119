package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.schema.OutboxTables;
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

/** Auto-configuration of a relay whose engine is debezium. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayDatabaseAutoConfiguration.class)
@ConditionalOnClass(PGConnection.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnProperty(name = "outbox.relay.engine", havingValue = "debezium")
@ConditionalOnBean(RelayDatabase.class)
@EnableConfigurationProperties({DebeziumProperties.class, RelayProperties.class})
public final class DebeziumAutoConfiguration {

    DebeziumAutoConfiguration() {}

    @Bean
    ReplicationSlot outboxReplicationSlot(DebeziumProperties properties, RelayDatabase database, OutboxTables tables) {
        return ReplicationSlot.postgres(database.dataSource(), database.dataSource(), tables, properties.slotName());
    }

    @Bean
    DebeziumMonitor outboxDebeziumMonitor(ReplicationSlot slot, RelayProperties relay) {
        return new DebeziumMonitor(slot.name(), relay.stuckAfter(), System::nanoTime);
    }

    @Bean
    FollowedSlot outboxFollowedSlot(ReplicationSlot slot, DebeziumProperties properties, DebeziumMonitor monitor) {
        return new FollowedSlot(slot, properties.heartbeat(), monitor);
    }
}

package dev.outbox.relay.operations;

import dev.outbox.audit.AuditTrail;
import dev.outbox.relay.broker.PublishedRecords;
import dev.outbox.relay.events.StoredEvents;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.kafka.BrokerSettings;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.lane.LaneBoard;
import dev.outbox.relay.lane.LaneTroubles;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayAutoConfiguration;
import dev.outbox.schema.OutboxTables;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of what an operator may see and do. It shows nothing to anybody by itself.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = ReplayAutoConfiguration.class)
@ConditionalOnBean({RelayDatabase.class, Replay.class})
public final class OperationsAutoConfiguration {

    OperationsAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LaneBoard outboxLaneBoard(RelayDatabase database, OutboxTables tables) {
        return LaneLayout.board(database.product(), database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    StoredEvents outboxStoredEvents(RelayDatabase database, OutboxTables tables) {
        return StoredEvents.on(database.product(), database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxOperations outboxOperations(
            LaneBoard lanes,
            LaneTroubles troubles,
            StoredEvents events,
            PublishedRecords records,
            ParkedEvents parked,
            Replay replay,
            LaneRebase rebase,
            AuditTrail audit,
            BrokerSettings broker,
            Environment environment) {
        String name = environment.getProperty("spring.application.name", "outbox");
        return new OutboxOperations(
                name, lanes, troubles, events, records, parked, replay, rebase, audit, List.of(broker.target()));
    }

    @Bean
    @ConditionalOnMissingBean
    Outboxes outboxes(OutboxOperations operations) {
        return new OnlyOutbox(operations);
    }
}

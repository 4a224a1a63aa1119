package dev.outbox.relay.replay;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.schema.OutboxTables;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration of replay.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBean(RelayDatabase.class)
public final class ReplayAutoConfiguration {

    ReplayAutoConfiguration() {}

    @Bean
    OutboxArchive outboxArchive(RelayDatabase database, OutboxTables tables) {
        return OutboxArchive.on(database.product(), database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    Replay outboxReplay(
            OutboxArchive archive,
            EventPublisherFactory publishers,
            RelayProperties properties,
            ObjectProvider<RelayMeters> meters) {
        RelayProperties.Page page = properties.page();
        return new Replay(
                archive,
                publishers,
                new ReadBudget(page.rows(), page.bytes().toBytes()),
                System::nanoTime,
                meters.getIfAvailable(() -> RelayMeters.NONE));
    }
}

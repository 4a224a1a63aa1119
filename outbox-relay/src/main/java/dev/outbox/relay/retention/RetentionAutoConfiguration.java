package dev.outbox.relay.retention;

import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxTables;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration of the retention of published events.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayDatabaseAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBean(RelayDatabase.class)
@ConditionalOnBooleanProperty(name = "outbox.relay.retention.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RetentionProperties.class)
public final class RetentionAutoConfiguration {

    private final RetentionProperties properties;

    RetentionAutoConfiguration(RetentionProperties properties) {
        this.properties = properties;
    }

    /** Nothing where published events are not kept. */
    @Bean
    @Nullable
    OutboxSlots outboxSlots(RelayDatabase database, OutboxTables tables) {
        return database.product().keepsPublished() ? OutboxSlots.postgres(database.dataSource(), tables) : null;
    }

    /** Nothing where published events are not kept. */
    @Bean
    @Nullable
    RetentionCheck outboxRetentionCheck(RelayDatabase database, OutboxTables tables) {
        return database.product().keepsPublished()
                ? new RetentionCheck(() -> SlotCycle.postgres(database.dataSource(), tables), properties.keep())
                : null;
    }

    @Bean
    @ConditionalOnMissingBean
    Retention outboxRetention(
            ObjectProvider<OutboxSlots> slots,
            ParkedEvents parked,
            RelayDatabase database,
            OutboxTables tables,
            ObjectProvider<Clock> clock) {
        if (!database.product().keepsPublished()) {
            return Retention.ofDiscarded(parked, clock.getIfUnique(Clock::systemUTC));
        }
        return new Retention(
                slots.getObject(),
                parked,
                () -> SlotCycle.postgres(database.dataSource(), tables),
                properties.keep(),
                clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @ConditionalOnMissingBean
    RetentionMonitor outboxRetentionMonitor(ObjectProvider<Clock> clock) {
        return new RetentionMonitor(clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    RetentionLoop outboxRetentionLoop(Retention retention, RetentionMonitor monitor) {
        return new RetentionLoop(retention, monitor, properties.interval());
    }
}

package dev.outbox.relay.internal.micrometer;

import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import dev.outbox.metrics.OutboxMeterConvention;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.retention.Retention;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the meters of the relay, for applications that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = RelayDatabaseAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(RelayDatabase.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
public final class RelayMetricsAutoConfiguration {

    RelayMetricsAutoConfiguration() {}

    @Bean
    RelayMeters outboxRelayMeters(
            MeterRegistry registry, ObjectProvider<OutboxMeterConvention> convention, ObjectProvider<Clock> clock) {
        return new MicrometerRelayMeters(
                registry,
                convention.getIfUnique(() -> OutboxMeterConvention.DEFAULT),
                clock.getIfUnique(Clock::systemUTC));
    }

    /** Spring Boot measures the pools that are beans; the relay's own is none, so that the application's stays the only one. */
    @Bean
    MeterBinder outboxRelayPoolMetrics(RelayDatabase database) {
        return registry -> database.measure(new MicrometerMetricsTrackerFactory(registry));
    }

    /** Only where there are slots. */
    @Bean
    MeterBinder outboxRetentionGauges(ObjectProvider<OutboxSlots> slots, ObjectProvider<Retention> retention) {
        return registry ->
                slots.ifAvailable(there -> retention.ifAvailable(known -> new RetentionGauges(known).bindTo(registry)));
    }

    /** Only for an engine that depends on a replication slot. */
    @Bean
    MeterBinder outboxReplicationGauges(ObjectProvider<EngineMonitor> engine) {
        return registry -> engine.ifAvailable(known -> new ReplicationGauges(known).bindTo(registry));
    }
}

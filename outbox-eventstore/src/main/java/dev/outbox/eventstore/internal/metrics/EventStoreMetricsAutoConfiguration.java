package dev.outbox.eventstore.internal.metrics;

import dev.outbox.internal.stream.StoredAggregates;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the meters of the event store, for services that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        afterName = {
            "dev.outbox.eventstore.internal.setup.EventStoreAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(StoredAggregates.class)
public final class EventStoreMetricsAutoConfiguration {

    EventStoreMetricsAutoConfiguration() {}

    @Bean
    EventStoreMeters outboxEventStoreMeters(MeterRegistry registry, StoredAggregates stored) {
        return new MicrometerEventStoreMeters(registry, stored.tables().keySet());
    }
}

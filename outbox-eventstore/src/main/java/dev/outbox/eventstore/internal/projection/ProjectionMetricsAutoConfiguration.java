package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.EventStore;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the meters of projections, for services that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        before = ProjectionAutoConfiguration.class,
        afterName = {
            "dev.outbox.eventstore.internal.setup.EventStoreAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(EventStore.class)
public final class ProjectionMetricsAutoConfiguration {

    ProjectionMetricsAutoConfiguration() {}

    @Bean
    ProjectionMeters.Factory outboxProjectionMeters(MeterRegistry registry) {
        return projection -> new MicrometerProjectionMeters(registry, projection);
    }
}

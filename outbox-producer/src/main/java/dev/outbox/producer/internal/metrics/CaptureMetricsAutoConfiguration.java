package dev.outbox.producer.internal.metrics;

import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the meters of the capture, for services that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        afterName = {
            "dev.outbox.internal.domain.DomainAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBean(DomainEventTypes.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.capture.enabled", matchIfMissing = true)
public final class CaptureMetricsAutoConfiguration {

    CaptureMetricsAutoConfiguration() {}

    @Bean
    CaptureMeters outboxCaptureMeters(
            MeterRegistry registry, ObjectProvider<OutboxMeterConvention> convention, DomainEventTypes types) {
        Set<String> published = types.all().stream()
                .filter(DomainEventType::hasAggregateId)
                .map(type -> type.eventType().name())
                .collect(Collectors.toUnmodifiableSet());
        return new MicrometerCaptureMeters(
                registry, convention.getIfUnique(() -> OutboxMeterConvention.DEFAULT), published);
    }
}

package dev.outbox.consumer.internal.metrics;

import dev.outbox.consumer.internal.parking.ParkedWatch;
import dev.outbox.metrics.OutboxMeterConvention;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the meters of the inbox, for services that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        afterName = {
            "dev.outbox.consumer.internal.inbox.InboxAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
public final class InboxMetricsAutoConfiguration {

    InboxMetricsAutoConfiguration() {}

    @Bean
    InboxMeters outboxInboxMeters(
            MeterRegistry registry,
            ObjectProvider<OutboxMeterConvention> convention,
            ObjectProvider<ParkedWatch> parked,
            ObjectProvider<Clock> clock) {
        return new MicrometerInboxMeters(
                registry,
                convention.getIfUnique(() -> OutboxMeterConvention.DEFAULT),
                parked.getIfAvailable(),
                clock.getIfUnique(Clock::systemUTC));
    }
}

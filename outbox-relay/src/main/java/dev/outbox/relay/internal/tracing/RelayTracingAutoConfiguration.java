package dev.outbox.relay.internal.tracing;

import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.metrics.SentPage;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the traces through the relay, for applications that have a tracer. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = RelayDatabaseAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
        })
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean({Tracer.class, Propagator.class, RelayDatabase.class})
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
public final class RelayTracingAutoConfiguration {

    RelayTracingAutoConfiguration() {}

    @Bean
    SentPage.Observer outboxSendSpans(Tracer tracer, Propagator propagator, ObjectProvider<Clock> clock) {
        return new SendSpans(tracer, propagator, clock.getIfUnique(Clock::systemUTC));
    }
}

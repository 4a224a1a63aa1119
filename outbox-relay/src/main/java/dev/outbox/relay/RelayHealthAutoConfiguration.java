package dev.outbox.relay;

import dev.outbox.relay.internal.pace.RelayProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration of the relay's health, if the application has health.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(RelayView.class)
@ConditionalOnEnabledHealthIndicator("outbox-relay")
public final class RelayHealthAutoConfiguration {

    RelayHealthAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean(name = "outboxRelayHealthIndicator")
    RelayHealthIndicator outboxRelayHealthIndicator(RelayView view, RelayProperties properties) {
        return new RelayHealthIndicator(view, new Status(properties.troubleStatus()));
    }
}

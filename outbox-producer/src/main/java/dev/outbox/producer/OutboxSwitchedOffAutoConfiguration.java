package dev.outbox.producer;

import dev.outbox.internal.check.SwitchedOff;
import dev.outbox.internal.domain.DomainEventTypes;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for a service that injects an outbox, but starts without one.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = CaptureAutoConfiguration.class)
public final class OutboxSwitchedOffAutoConfiguration {

    private static final String CAPTURE = "outbox.capture.enabled";

    OutboxSwitchedOffAutoConfiguration() {}

    /** Code that publishes must also run without PostgreSQL. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "outbox.enabled", havingValue = false)
    Outbox outbox(DomainEventTypes types) {
        return DroppingOutbox.of(types);
    }

    /** A service that is configured to publish nothing, but does publish, would lose events. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = CAPTURE, havingValue = false)
    Outbox refusingOutbox(Environment environment) {
        return SwitchedOff.by(environment, CAPTURE).refusing(Outbox.class);
    }
}

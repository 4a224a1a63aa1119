package dev.outbox.capture;

import dev.outbox.domain.DomainEventTypes;
import dev.outbox.setup.SwitchedOff;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration of a service that is to start without the outbox that it injects. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = CaptureAutoConfiguration.class)
public final class SwitchedOffAutoConfiguration {

    private static final String CAPTURE = "outbox.capture.enabled";

    SwitchedOffAutoConfiguration() {}

    /** Code that publishes is to run without PostgreSQL, too. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "outbox.enabled", havingValue = false)
    Outbox outbox(DomainEventTypes types) {
        return DroppingOutbox.of(types);
    }

    /** A service that has said that it publishes nothing, and does, would lose events. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = CAPTURE, havingValue = false)
    Outbox refusingOutbox(Environment environment) {
        return SwitchedOff.by(environment, CAPTURE).refusing(Outbox.class);
    }
}

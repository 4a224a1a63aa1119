package dev.outbox.capture;

import dev.outbox.domain.DomainAutoConfiguration;
import dev.outbox.domain.DomainEventTypes;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of a service that is to start without the outbox, for want of PostgreSQL. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = DomainAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", havingValue = false)
public final class SwitchedOffAutoConfiguration {

    SwitchedOffAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(DomainEventTypes types) {
        return DroppingOutbox.of(types);
    }
}

package dev.outbox.inbox.idempotent;

import dev.outbox.inbox.parking.ParkedInboxEvents;
import dev.outbox.setup.SwitchedOff;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of a service that is to start without the inbox whose beans it injects, for want of PostgreSQL. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnClass(KafkaAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", havingValue = false)
public final class SwitchedOffAutoConfiguration {

    SwitchedOffAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Inbox outboxInbox() {
        return SwitchedOff.refusing(Inbox.class);
    }

    @Bean
    @ConditionalOnMissingBean
    ParkedInboxEvents parkedInboxEvents() {
        return SwitchedOff.refusing(ParkedInboxEvents.class);
    }
}

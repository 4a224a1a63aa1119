package dev.outbox.consumer.internal.health;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the inbox's health, if the application has health support. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnClass({KafkaAutoConfiguration.class, HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
@ConditionalOnEnabledHealthIndicator("outbox-inbox")
public final class InboxHealthAutoConfiguration {

    InboxHealthAutoConfiguration() {}

    /** Whoever creates a container adds it. */
    @Bean
    ConsumerContainers outboxConsumerContainers() {
        return new ConsumerContainers();
    }

    @Bean
    @ConditionalOnMissingBean(name = "outboxInboxHealthIndicator")
    InboxHealthIndicator outboxInboxHealthIndicator(ConsumerContainers containers) {
        return new InboxHealthIndicator(containers);
    }
}

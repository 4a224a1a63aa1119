package dev.outbox.consumer.internal.health;

import dev.outbox.consumer.internal.parking.ParkedWatch;
import dev.outbox.internal.status.StatusPart;
import org.springframework.beans.factory.ObjectProvider;
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

/** Auto-configuration of the inbox's health, and of its part of the endpoint, if the application has health support. */
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
    ConsumerContainers outboxConsumerContainers(ObjectProvider<ParkedWatch> parked) {
        return new ConsumerContainers(consumer -> parked.ifAvailable(watch -> watch.watch(consumer)));
    }

    @Bean
    InboxView outboxInboxView(ConsumerContainers containers, ObjectProvider<ParkedWatch> parked) {
        return new InboxView(containers, parked.getIfAvailable());
    }

    @Bean
    @ConditionalOnMissingBean(name = "outboxInboxHealthIndicator")
    InboxHealthIndicator outboxInboxHealthIndicator(InboxView view) {
        return new InboxHealthIndicator(view);
    }

    @Bean
    StatusPart outboxInboxStatus(InboxView view) {
        return new StatusPart("inbox", () -> InboxStatus.of(view));
    }
}

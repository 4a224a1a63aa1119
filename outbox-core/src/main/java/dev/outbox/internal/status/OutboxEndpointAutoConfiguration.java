package dev.outbox.internal.status;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the endpoint {@code outbox}, if it is exposed and there is something to show. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        afterName = {
            "dev.outbox.relay.RelayAutoConfiguration",
            "dev.outbox.relay.internal.outboxes.OutboxesAutoConfiguration",
            "dev.outbox.consumer.internal.health.InboxHealthAutoConfiguration"
        })
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(endpoint = OutboxEndpoint.class)
@ConditionalOnBean(StatusPart.class)
public final class OutboxEndpointAutoConfiguration {

    OutboxEndpointAutoConfiguration() {}

    @Bean
    OutboxEndpoint outboxEndpoint(ObjectProvider<StatusPart> parts) {
        return new OutboxEndpoint(parts::orderedStream);
    }
}

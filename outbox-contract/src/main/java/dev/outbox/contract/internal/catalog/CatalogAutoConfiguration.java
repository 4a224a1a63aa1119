package dev.outbox.contract.internal.catalog;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.io.ResourceLoader;

/** Auto-configuration for the endpoint with the catalog, if the application has Actuator and exposes the endpoint. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(EventsEndpoint.class)
public final class CatalogAutoConfiguration {

    CatalogAutoConfiguration() {}

    @Bean
    EventsEndpoint outboxEventsEndpoint(ResourceLoader resources) {
        return new EventsEndpoint(new CatalogResources(resources));
    }
}

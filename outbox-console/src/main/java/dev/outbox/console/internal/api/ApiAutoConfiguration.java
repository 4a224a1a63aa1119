package dev.outbox.console.internal.api;

import dev.outbox.console.ConsoleProperties;
import dev.outbox.console.internal.catalog.EventCatalogs;
import dev.outbox.console.internal.consumers.ConsumerGroups;
import dev.outbox.console.internal.consumers.ConsumerReport;
import dev.outbox.console.internal.consumers.InboxConsumer;
import dev.outbox.console.internal.payload.Payloads;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.support.ResourcePatternResolver;

/** Auto-configuration of what the whole of the operator's REST API shares. */
@AutoConfiguration(
        afterName = {
            "dev.outbox.console.internal.api.outbox.OutboxApiAutoConfiguration",
            "dev.outbox.console.internal.api.inbox.InboxApiAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(Audits.class)
@EnableConfigurationProperties(ConsoleProperties.class)
public final class ApiAutoConfiguration {

    ApiAutoConfiguration() {}

    @Bean
    Payloads outboxPayloads(ConsoleProperties properties) {
        return new Payloads(properties.mask());
    }

    @Bean
    ApiProblems outboxApiProblems() {
        return new ApiProblems();
    }

    @Bean
    AuditController outboxAuditController(Audits audits) {
        return new AuditController(audits);
    }

    @Bean
    ConsumerReport outboxConsumerReport(
            ObjectProvider<ConsumerGroups.Lookup> groups, ObjectProvider<InboxConsumer.Lookup> inbox) {
        return new ConsumerReport(groups.getIfUnique(), inbox.getIfUnique());
    }

    @Bean
    ConsumersController outboxConsumersController(ConsumerReport report) {
        return new ConsumersController(report);
    }

    @Bean
    EventCatalogs outboxEventCatalogs(ResourcePatternResolver resources, ConsoleProperties properties) {
        return new EventCatalogs(resources, properties.catalogs());
    }

    @Bean
    CatalogController outboxCatalogController(EventCatalogs catalogs) {
        return new CatalogController(catalogs);
    }

    @Bean
    OpenApiController outboxOpenApiController() {
        return new OpenApiController();
    }
}

package dev.outbox.tenant;

import dev.outbox.schema.OutboxSchemaResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ResolvedTenants {

    @Bean
    OutboxSchemaResolver outboxSchemaResolver(CurrentTenant tenant) {
        return tenant::schema;
    }
}

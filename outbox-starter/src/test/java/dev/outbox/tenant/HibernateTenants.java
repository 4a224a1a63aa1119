package dev.outbox.tenant;

import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.context.spi.TenantSchemaMapper;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HibernateTenants {

    @Bean
    HibernatePropertiesCustomizer tenants(CurrentTenant current) {
        TenantSchemaMapper<String> schemas = tenant -> tenant;
        return settings -> {
            settings.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, current);
            settings.put(MultiTenancySettings.MULTI_TENANT_SCHEMA_MAPPER, schemas);
        };
    }
}

package dev.outbox.internal.datasource;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Imported by each auto-configuration that needs the database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DataSourceProperties.class)
public class DatabaseConfiguration {

    DatabaseConfiguration() {}

    @Bean
    OutboxDatabase outboxDatabase(ListableBeanFactory beans, Environment environment) {
        return new OutboxDatabase(beans, environment);
    }
}

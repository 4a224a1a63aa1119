package dev.outbox.schema;

import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.migration.SchemaPart;
import javax.sql.DataSource;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the tables, which have their own migration history.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnOutboxDataSource
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.schema.migrate", matchIfMissing = true)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class, DatabaseInitializationDependencyConfigurer.class})
public final class SchemaAutoConfiguration {

    SchemaAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    OutboxSchema outboxSchema(OutboxDatabase database, CurrentTables current, ObjectProvider<SchemaPart> parts) {
        return new OutboxSchema(
                database.dataSource(), current.all(), parts.orderedStream().toList());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FlywayConfigurationCustomizer.class)
    static class FlywayConfiguration {

        /**
         * Flyway refuses to start a history in a schema that is not empty. If the schema contains only our tables, it is empty
         * as far as the service is concerned. A Flyway on another database is not changed.
         */
        @Bean
        FlywayConfigurationCustomizer outboxTablesAreNoBaseline(OutboxSchema schema) {
            return flyway -> {
                DataSource migrated = flyway.getDataSource();
                if (migrated != null && schema.isAloneIn(migrated, schemaOf(flyway))) {
                    flyway.baselineOnMigrate(true).baselineVersion("0");
                }
            };
        }

        private static @Nullable String schemaOf(FluentConfiguration flyway) {
            String schema = flyway.getDefaultSchema();
            return schema == null && flyway.getSchemas().length > 0 ? flyway.getSchemas()[0] : schema;
        }
    }
}

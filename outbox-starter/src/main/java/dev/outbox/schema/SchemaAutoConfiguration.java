package dev.outbox.schema;

import dev.outbox.store.OutboxSchema;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DatabaseInitializationDependencyConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Auto-configuration of the tables, in a history of their own. */
@AutoConfiguration(after = DataSourceAutoConfiguration.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnBooleanProperty(name = "outbox.schema.migrate", matchIfMissing = true)
@EnableConfigurationProperties(SchemaProperties.class)
@Import(DatabaseInitializationDependencyConfigurer.class)
public final class SchemaAutoConfiguration {

    SchemaAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    OutboxSchema outboxSchema(DataSource dataSource) {
        return new OutboxSchema(dataSource);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FlywayConfigurationCustomizer.class)
    static class FlywayConfiguration {

        /**
         * Flyway refuses to begin a history in a schema that is not empty. Where nothing but our tables is in it, it is
         * empty as far as the service is concerned. A service with schemas of its own does not see ours at all.
         */
        @Bean
        FlywayConfigurationCustomizer outboxTablesAreNoBaseline(OutboxSchema schema) {
            return flyway -> {
                boolean sharesOurSchema = flyway.getDefaultSchema() == null && flyway.getSchemas().length == 0;
                if (sharesOurSchema && schema.isAlone()) {
                    flyway.baselineOnMigrate(true).baselineVersion("0");
                }
            };
        }
    }
}

package dev.outbox.schema;

import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/**
 * Auto-configuration for the location of the tables. Every auto-configuration that uses the tables imports this one.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SchemaProperties.class)
public final class TablesAutoConfiguration {

    TablesAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    OutboxTables outboxTables(SchemaProperties properties) {
        return OutboxTables.of(properties.name());
    }

    @Bean
    @ConditionalOnMissingBean
    CurrentTables outboxCurrentTables(
            OutboxTables tables, SchemaProperties properties, ObjectProvider<OutboxSchemaResolver> resolver) {
        OutboxSchemaResolver chosen = resolver.getIfAvailable();
        Stream<OutboxTables> others = properties.names().stream().map(OutboxTables::in);
        boolean used = properties.names().isEmpty() || tables.schema().isPresent();
        return new CurrentTables(
                chosen == null ? tables : tables.resolvedBy(chosen),
                Stream.concat(used ? Stream.of(tables) : Stream.empty(), others).toList(),
                chosen != null || !properties.names().isEmpty());
    }
}

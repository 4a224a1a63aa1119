package dev.outbox.internal.start;

import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.domain.OutboxProperties;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.TablesAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Auto-configuration for the line logged at start. It is the last one, so it knows everything that the others found. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = {DomainAutoConfiguration.class, DataSourceAutoConfiguration.class},
        afterName = "dev.outbox.consumer.internal.inbox.InboxAutoConfiguration")
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class StartAutoConfiguration {

    StartAutoConfiguration() {}

    @Bean
    @Order(0)
    StartFact outboxPublishedFact(DomainEventTypes types, ObjectProvider<StoredAggregates> stored) {
        return new PublishedFact(types, stored.getIfAvailable(() -> StoredAggregates.NONE));
    }

    @Bean
    @Order(20)
    @ConditionalOnOutboxDataSource
    StartFact outboxTablesFact(OutboxDatabase database, CurrentTables current) {
        return new JdbcTablesFact(database.product(), database.dataSource(), current.all());
    }

    @Bean
    StartReport outboxStartReport(
            OutboxProperties properties, DomainEventTypes types, ObjectProvider<StartFact> facts) {
        return new StartReport(properties, types, () -> facts.orderedStream().toList());
    }
}

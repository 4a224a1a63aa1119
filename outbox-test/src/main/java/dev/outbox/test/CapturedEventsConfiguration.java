package dev.outbox.test;

import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.schema.OutboxTables;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** What a test needs to see the events that were captured. */
@Configuration(proxyBeanMethods = false)
class CapturedEventsConfiguration {

    @Bean
    CapturedEvents capturedEvents(
            OutboxDatabase database, OutboxTables tables, DomainEventTypes types, JsonMapper mapper) {
        return new CapturedEvents(tables.client(database.dataSource()), types, mapper);
    }
}

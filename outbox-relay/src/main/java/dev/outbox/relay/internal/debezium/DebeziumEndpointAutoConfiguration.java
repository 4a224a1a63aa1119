package dev.outbox.relay.internal.debezium;

import dev.outbox.relay.internal.database.DatabaseProperties;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.schema.OutboxTables;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the endpoint that shows the configuration of a Debezium connector, if it is exposed. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayDatabaseAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnAvailableEndpoint(endpoint = DebeziumEndpoint.class)
@ConditionalOnBean({RelayDatabase.class, JdbcConnectionDetails.class})
@EnableConfigurationProperties({DebeziumProperties.class, DatabaseProperties.class})
public final class DebeziumEndpointAutoConfiguration {

    DebeziumEndpointAutoConfiguration() {}

    @Bean
    DebeziumEndpoint outboxDebeziumEndpoint(
            JdbcConnectionDetails service,
            DatabaseProperties relay,
            DebeziumProperties properties,
            OutboxTables tables) {
        return new DebeziumEndpoint(
                () -> properties.connector(service::getJdbcUrl, service::getUsername, relay, tables));
    }
}

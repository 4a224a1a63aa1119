package dev.outbox.relay.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.relay.lane.LaneLayout;
import dev.outbox.relay.lane.LaneRebase;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.parking.ParkingStore;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.OutboxSchema;
import dev.outbox.store.OutboxTables;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration of what the relay reads and writes in the database. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = DataSourceAutoConfiguration.class, afterName = "dev.outbox.schema.SchemaAutoConfiguration")
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DatabaseProperties.class, DurabilityProperties.class})
public final class RelayDatabaseAutoConfiguration {

    RelayDatabaseAutoConfiguration() {}

    /** A pool of its own where it is known how to connect, else the application's data source. */
    @Bean
    @ConditionalOnMissingBean
    RelayDatabase outboxRelayDatabase(
            ObjectProvider<JdbcConnectionDetails> connectionDetails,
            ObjectProvider<DataSource> dataSource,
            DatabaseProperties properties,
            Environment environment) {
        JdbcConnectionDetails details = connectionDetails.getIfUnique();
        if (details == null) {
            return RelayDatabase.shared(dataSource.getObject());
        }
        HikariDataSource pool = DataSourceBuilder.create()
                .type(HikariDataSource.class)
                .driverClassName(details.getDriverClassName())
                .url(details.getJdbcUrl())
                .username(details.getUsername())
                .password(details.getPassword())
                .build();
        int lanes = environment.getProperty("outbox.relay.lanes", Integer.class, 1);
        return RelayDatabase.ownPool(pool, lanes, properties.socketTimeout());
    }

    /** For a relay on its own, as the next one: a service with the starter has the starter's. */
    @Bean
    @ConditionalOnMissingBean
    OutboxTables outboxTables(@Value("${outbox.schema.name:}") String schema) {
        return OutboxTables.of(schema);
    }

    /** For a relay on its own; in a service with the starter, the starter's bean makes the tables. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "outbox.schema.migrate", matchIfMissing = true)
    OutboxSchema outboxSchema(RelayDatabase database, OutboxTables tables) {
        return new OutboxSchema(database.patientDataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    JdbcTablesCheck outboxTablesCheck(RelayDatabase database, OutboxTables tables) {
        return new JdbcTablesCheck(database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    OutboxLog outboxLog(RelayDatabase database, OutboxTables tables, DurabilityProperties durability) {
        return OutboxLog.postgres(database.dataSource(), tables, durability.toDurability());
    }

    @Bean
    @ConditionalOnMissingBean
    LaneStore outboxLaneStore(RelayDatabase database, OutboxTables tables) {
        return LaneStore.postgres(database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneRebase outboxLaneRebase(RelayDatabase database, OutboxTables tables) {
        return LaneRebase.postgres(database.patientDataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneLayout outboxLaneLayout(RelayDatabase database, OutboxTables tables) {
        return LaneLayout.postgres(database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    ParkingStore outboxParkingStore(RelayDatabase database, OutboxTables tables) {
        return ParkingStore.postgres(database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    ParkedEvents outboxParkedEvents(RelayDatabase database, OutboxTables tables) {
        return ParkedEvents.postgres(database.dataSource(), tables);
    }
}

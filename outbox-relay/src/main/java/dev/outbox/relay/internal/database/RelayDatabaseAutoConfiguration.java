package dev.outbox.relay.internal.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.audit.AuditTrail;
import dev.outbox.internal.setup.OutboxDataSources;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.rebase.LaneRebase;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** Auto-configuration of the database that the relay reads and writes. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = DataSourceAutoConfiguration.class,
        afterName = {"dev.outbox.schema.SchemaAutoConfiguration", "dev.outbox.producer.CaptureAutoConfiguration"})
@ConditionalOnBean(DataSource.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@EnableConfigurationProperties({DatabaseProperties.class, DurabilityProperties.class, RelayProperties.class})
public final class RelayDatabaseAutoConfiguration {

    RelayDatabaseAutoConfiguration() {}

    /** A separate pool with the settings of the application's pool if that is Hikari's, otherwise the application's pool. */
    @Bean
    RelayDatabase outboxRelayDatabase(
            ListableBeanFactory beans, DatabaseProperties properties, RelayProperties relay, Environment environment) {
        DataSource dataSource = OutboxDataSources.choose(beans, environment);
        HikariDataSource pool = JdbcApplicationPool.of(dataSource);
        if (properties.url() != null) {
            return RelayDatabase.ownPool(at(properties, pool), relay.lanes(), properties.socketTimeout());
        }
        return pool == null
                ? RelayDatabase.shared(dataSource)
                : RelayDatabase.ownPool(as(properties, pool), relay.lanes(), properties.socketTimeout());
    }

    /** For a relay on its own, like the next bean: a service with the starter has the starter's bean. */
    @Bean
    @ConditionalOnMissingBean
    OutboxTables outboxTables(@Value("${outbox.schema.name:}") String schema) {
        return OutboxTables.of(schema);
    }

    /** For a relay on its own; in a service with the starter, the starter's bean creates the tables. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "outbox.schema.migrate", matchIfMissing = true)
    OutboxSchema outboxSchema(RelayDatabase database, OutboxTables tables) {
        return new OutboxSchema(database.patientDataSource(), tables);
    }

    /** Whoever removes published events needs the right to do so. */
    @Bean
    JdbcRelayTablesCheck outboxTablesCheck(RelayDatabase database, OutboxTables tables, ListableBeanFactory beans) {
        boolean truncates = beans.getBeanNamesForType(OutboxSlots.class, true, false).length > 0;
        return new JdbcRelayTablesCheck(database.dataSource(), tables, truncates);
    }

    /** If the service writes the events in this process. */
    @Bean
    @ConditionalOnBean(type = "dev.outbox.producer.internal.write.OutboxWriter")
    JdbcSameTablesCheck outboxSameTablesCheck(
            RelayDatabase database, OutboxTables tables, ListableBeanFactory beans, Environment environment) {
        return new JdbcSameTablesCheck(
                database.isShared() || !database.product().keepsPublished()
                        ? null
                        : OutboxDataSources.choose(beans, environment),
                database.dataSource(),
                tables);
    }

    @Bean
    LaneStore outboxLaneStore(RelayDatabase database, OutboxTables tables) {
        return LaneStore.on(database.product(), database.dataSource(), tables);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneRebase outboxLaneRebase(RelayDatabase database, OutboxTables tables) {
        return LaneRebase.on(database.product(), database.patientDataSource(), tables);
    }

    @Bean
    LaneLayout outboxLaneLayout(RelayDatabase database, OutboxTables tables) {
        return LaneLayout.on(database.product(), database.dataSource(), tables);
    }

    @Bean
    ParkingStore outboxParkingStore(RelayDatabase database, OutboxTables tables) {
        return ParkingStore.on(database.product(), database.dataSource(), tables);
    }

    /** A decision about many events takes as long as there are rows. */
    @Bean
    @ConditionalOnMissingBean
    ParkedEvents outboxParkedEvents(RelayDatabase database, OutboxTables tables) {
        return ParkingStore.decisions(database.product(), database.patientDataSource(), tables);
    }

    /** On the data source of the decisions, so that a decision and its row are in one transaction. */
    @Bean
    @ConditionalOnMissingBean
    AuditTrail outboxAuditTrail(RelayDatabase database, OutboxTables tables) {
        return AuditTrail.on(database.product(), database.patientDataSource(), tables);
    }

    private static HikariConfig at(DatabaseProperties properties, @Nullable HikariDataSource pool) {
        HikariConfig config = pool == null ? new HikariConfig() : as(properties, pool);
        config.setDataSource(null);
        config.setJdbcUrl(properties.url());
        if (pool == null) {
            config.setUsername(properties.username());
            config.setPassword(properties.password());
        }
        return config;
    }

    private static HikariConfig as(DatabaseProperties properties, HikariDataSource pool) {
        HikariConfig config = new HikariConfig();
        pool.copyStateTo(config);
        if (properties.username() != null) {
            config.setCredentialsProvider(null);
            config.setUsername(properties.username());
            config.setPassword(properties.password());
        } else {
            // The service's credentials may be rotated: by its pool's MXBean, a provider, or a pool with overrides.
            config.setCredentialsProvider(() -> JdbcCurrentCredentials.of(pool));
        }
        return config;
    }
}

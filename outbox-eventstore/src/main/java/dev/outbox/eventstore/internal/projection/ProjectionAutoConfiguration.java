package dev.outbox.eventstore.internal.projection;

import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.internal.projection.generation.GenerationStart;
import dev.outbox.eventstore.internal.projection.generation.GenerationStores;
import dev.outbox.eventstore.internal.projection.generation.GenerationSwap;
import dev.outbox.eventstore.internal.projection.lane.LanePass;
import dev.outbox.eventstore.internal.projection.lane.LaneRunner;
import dev.outbox.eventstore.internal.projection.lane.LaneSettings;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.store.LaneSwap;
import dev.outbox.eventstore.internal.projection.store.ProjectionLanes;
import dev.outbox.internal.check.JdbcTablesCheck;
import dev.outbox.internal.check.TableRight;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.OutboxTables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionTemplate;

/** Auto-configuration of projections. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(afterName = "dev.outbox.eventstore.internal.setup.EventStoreAutoConfiguration")
@ConditionalOnBean(EventStore.class)
@EnableConfigurationProperties(ProjectionProperties.class)
public final class ProjectionAutoConfiguration {

    private static final LongSupplier NANOS = System::nanoTime;

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);

    /** Where JPA would name the tables with a schema, and so not in the one of another generation. */
    private static final List<String> DEFAULT_SCHEMAS = List.of(
            "spring.jpa.properties.hibernate.default_schema", "spring.jpa.properties.hibernate.default_catalog");

    private static final List<TableRight> NEEDED = Stream.of(
                    Map.entry("outbox_projection", List.of("select", "insert", "update")),
                    Map.entry("outbox_projection_generation", List.of("select", "insert", "update")),
                    Map.entry("outbox_projection_lane", List.of("select", "insert", "update", "delete")),
                    Map.entry("outbox_projection_skip", List.of("insert")))
            .flatMap(table -> table.getValue().stream().map(right -> new TableRight(table.getKey(), right)))
            .toList();

    ProjectionAutoConfiguration() {}

    @Bean
    ProjectionEngine outboxProjections(
            OutboxDatabase database,
            OutboxTables tables,
            ProjectionProperties properties,
            ObjectProvider<Clock> clock) {
        DataSource dataSource = database.dataSource();
        TransactionTemplate transactions = new TransactionTemplate(database.transactionManager());
        StoredLog stored = StoredLog.of(dataSource, tables);
        ProjectionLanes lanes = ProjectionLanes.of(dataSource, tables);
        LaneSwap laneSwap = LaneSwap.of(dataSource, tables);
        GenerationStores stores = GenerationStores.of(dataSource, tables);
        long bytes = properties.batchBytes().toBytes();
        return new ProjectionEngine(
                stores.generations(),
                new GenerationStart(transactions, stores, laneSwap, stored),
                new GenerationSwap(
                        transactions,
                        stores,
                        laneSwap,
                        stored,
                        new GenerationSwap.Limits(properties.lockTimeout(), properties.batchSize(), bytes)),
                new LaneRunner.Parts(
                        new LanePass(transactions, stored, lanes, bytes, NANOS),
                        lanes,
                        stored,
                        NANOS,
                        clock.getIfUnique(Clock::systemUTC)));
    }

    @Bean
    ProjectionRegistrar outboxProjectionRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            ObjectProvider<Upcasters> upcasters,
            ObjectProvider<ProjectionEngine> engine,
            ObjectProvider<ProjectionMeters.Factory> meters,
            OutboxDatabase database,
            CurrentTables current,
            ProjectionProperties properties,
            Environment environment) {
        return new ProjectionRegistrar(
                beanFactory,
                types,
                upcasters::getObject,
                () -> refusal(database, current, environment),
                () -> new JdbcTablesCheck(database.dataSource(), current).require(NEEDED),
                properties.start(),
                engine::getObject,
                properties.enabled() ? settings(properties, environment) : null,
                meters.getIfAvailable(() -> projection -> ProjectionMeters.NONE));
    }

    private static Optional<String> refusal(OutboxDatabase database, CurrentTables current, Environment environment) {
        if (database.product() != DatabaseProduct.POSTGRESQL) {
            return Optional.of(
                    "they need PostgreSQL: on other databases, a reader cannot tell what has been committed since"
                            + " it read last");
        }
        if (current.perTenant()) {
            return Optional.of(
                    "outbox.schema.names or an OutboxSchemaResolver is set, and nothing says for which tenant a"
                            + " projection would be filled");
        }
        return DEFAULT_SCHEMAS.stream()
                .filter(environment::containsProperty)
                .findFirst()
                .map(property ->
                        property + " is set: Hibernate would put it before the names of tables, so that a rebuild would"
                                + " fill the tables that are read");
    }

    private static LaneSettings settings(ProjectionProperties properties, Environment environment) {
        return new LaneSettings(
                "%s, process %d, %s"
                        .formatted(
                                environment.getProperty("spring.application.name", "application"),
                                ProcessHandle.current().pid(),
                                UUID.randomUUID()),
                properties.lease(),
                properties.batchSize(),
                properties.attempts(),
                FIRST_RETRY,
                properties.retryInterval(),
                properties.pollInterval());
    }
}

package dev.outbox.eventstore.internal.setup;

import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.Subjects;
import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.EventSourcedRepository;
import dev.outbox.eventstore.internal.aggregate.AggregateModels;
import dev.outbox.eventstore.internal.aggregate.CommandTransactions;
import dev.outbox.eventstore.internal.aggregate.EventSourcedClasses;
import dev.outbox.eventstore.internal.aggregate.EventSourcedRepositories;
import dev.outbox.eventstore.internal.aggregate.StreamTables;
import dev.outbox.eventstore.internal.check.EventStoreCheck;
import dev.outbox.eventstore.internal.metrics.EventStoreMeters;
import dev.outbox.eventstore.internal.snapshot.SnapshotSeal;
import dev.outbox.eventstore.internal.stream.Snapshots;
import dev.outbox.eventstore.internal.stream.StreamReader;
import dev.outbox.eventstore.internal.stream.StreamSchema;
import dev.outbox.eventstore.internal.stream.Streams;
import dev.outbox.eventstore.internal.stream.TransactionalEventStore;
import dev.outbox.eventstore.internal.subject.ForgettableSubjects;
import dev.outbox.eventstore.internal.subject.OnForgetting;
import dev.outbox.eventstore.internal.subject.StoredSubjectKeys;
import dev.outbox.eventstore.internal.subject.SubjectRows;
import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.AnnotatedClassScanner;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.migration.SchemaPart;
import dev.outbox.internal.personal.SubjectGuard;
import dev.outbox.internal.start.StartFact;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.internal.stream.StreamCapture;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.personal.SubjectKeys;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.TablesAutoConfiguration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Auto-configuration for the event store: streams, and a repository for each class annotated with {@link EventSourced}.
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = {DomainAutoConfiguration.class, UpcastAutoConfiguration.class},
        afterName = "dev.outbox.producer.CaptureAutoConfiguration")
@ConditionalOnOutboxDataSource
@ConditionalOnBean(StreamCapture.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.capture.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.eventstore.enabled", matchIfMissing = true)
@EnableConfigurationProperties(EventStoreProperties.class)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class EventStoreAutoConfiguration {

    private static final String REPOSITORIES = "outboxEventSourcedRepositories";

    EventStoreAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    EventStore outboxEventStore(
            StoredAggregates stored, StreamCapture capture, Streams streams, StreamReader outboxStreamReader) {
        return new TransactionalEventStore(stored, capture, streams, outboxStreamReader);
    }

    @Bean
    SchemaPart outboxEventStoreSchema() {
        return StreamSchema.PART;
    }

    @Bean
    AggregateModels outboxAggregateModels(
            EventSourcedClasses classes, DomainEventTypes types, EventStoreProperties properties) {
        return AggregateModels.of(classes, types, properties.stored(), properties.unpublished());
    }

    @Bean
    StoredAggregates outboxStoredAggregates(AggregateModels models) {
        return models.stored();
    }

    @Bean
    @Order(5)
    StartFact outboxStoredFact(StoredAggregates stored) {
        return new StoredFact(stored);
    }

    @Bean
    Streams outboxStreams(StoredAggregates stored, OutboxDatabase database, CurrentTables current) {
        return Streams.postgres(stored, database.dataSource(), current.tables());
    }

    @Bean
    Snapshots outboxSnapshots(StoredAggregates stored, OutboxDatabase database, CurrentTables current) {
        return Snapshots.postgres(stored, database.dataSource(), current.tables());
    }

    @Bean
    StreamReader outboxStreamReader(ObjectProvider<Upcasters> upcasters, DomainEventTypes types) {
        return new StreamReader(upcasters::getObject, types);
    }

    @Bean
    EventSourcedRepositories outboxEventSourcedRepositories(
            AggregateModels models,
            EventStore store,
            StreamCapture capture,
            Streams streams,
            Snapshots snapshots,
            SubjectKeys keys,
            SubjectGuard guard,
            StreamReader outboxStreamReader,
            JsonMapper mapper,
            OutboxDatabase database,
            EventStoreProperties properties,
            ObjectProvider<EventStoreMeters> meters) {
        EventStoreProperties.Retry retry = properties.retry();
        return new EventSourcedRepositories(
                models,
                store,
                new StreamTables(capture, streams, snapshots, new SnapshotSeal(keys, guard)),
                outboxStreamReader,
                mapper,
                new CommandTransactions(
                        SingletonSupplier.of(database::transactionManager),
                        retry.attempts(),
                        retry.initialInterval(),
                        retry.maxInterval(),
                        EventStoreAutoConfiguration::sleep),
                oneIn(properties.snapshot().verifyOneIn()),
                late(meters));
    }

    @Bean
    SubjectRows outboxSubjectRows(OutboxDatabase database, CurrentTables current) {
        return SubjectRows.postgres(database.dataSource(), current.tables());
    }

    @Bean
    @ConditionalOnMissingBean
    SubjectKeys outboxSubjectKeys(SubjectRows outboxSubjectRows, EventStoreProperties properties) {
        EventStoreProperties.KeyCache cache = properties.keyCache();
        return new StoredSubjectKeys(outboxSubjectRows, cache.size(), cache.timeToLive(), System::nanoTime);
    }

    /** Our own keys have the lock of their subject already. */
    @Bean
    SubjectGuard outboxSubjectGuard(SubjectRows outboxSubjectRows, SubjectKeys keys) {
        return keys instanceof StoredSubjectKeys ? SubjectGuard.NONE : outboxSubjectRows::admit;
    }

    @Bean
    @ConditionalOnMissingBean
    Subjects outboxSubjects(
            SubjectRows outboxSubjectRows,
            SubjectKeys keys,
            ObjectProvider<OnForgetting> others,
            OutboxDatabase database) {
        return new ForgettableSubjects(
                outboxSubjectRows, keys, () -> others.orderedStream().toList(), database::transactionManager);
    }

    @Bean
    OnForgetting outboxForgottenSnapshots(Snapshots snapshots) {
        return snapshots::dropAllOf;
    }

    @Bean
    EventStoreCheck outboxEventStoreCheck(StoredAggregates stored, OutboxDatabase database, CurrentTables current) {
        return new EventStoreCheck(stored, database, current);
    }

    @Bean
    static BeanDefinitionRegistryPostProcessor outboxEventSourcedRegistration(
            Environment environment, ResourceLoader resourceLoader) {
        return new Registration(environment, resourceLoader);
    }

    private static BooleanSupplier oneIn(int loads) {
        return loads == 0 ? () -> false : () -> ThreadLocalRandom.current().nextInt(loads) == 0;
    }

    private static Supplier<EventStoreMeters> late(ObjectProvider<EventStoreMeters> meters) {
        return SingletonSupplier.of(() -> meters.getIfAvailable(() -> EventStoreMeters.NONE));
    }

    private static void sleep(Duration interval) {
        try {
            Thread.sleep(interval.toMillis());
        } catch (InterruptedException stopped) {
            // The next attempt finds that out from the connection, or succeeds.
            Thread.currentThread().interrupt();
        }
    }

    /** Defines a repository for each class, so that it can be injected by its type. */
    private record Registration(Environment environment, ResourceLoader resourceLoader)
            implements BeanDefinitionRegistryPostProcessor {

        @Override
        public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
            List<Class<?>> states =
                    new ArrayList<>(new AnnotatedClassScanner(EventSourced.class, environment, resourceLoader)
                            .scan(packages(registry)));
            states.sort(Comparator.comparing(Class::getName));
            registry.registerBeanDefinition(
                    "outboxEventSourcedClasses",
                    new RootBeanDefinition(EventSourcedClasses.class, () -> new EventSourcedClasses(states)));
            states.forEach(state -> registry.registerBeanDefinition(
                    "outboxEventSourcedRepository " + state.getName(), repositoryOf(state)));
        }

        private static RootBeanDefinition repositoryOf(Class<?> state) {
            RootBeanDefinition repository = new RootBeanDefinition();
            repository.setTargetType(ResolvableType.forClassWithGenerics(EventSourcedRepository.class, state));
            repository.setFactoryBeanName(REPOSITORIES);
            repository.setFactoryMethodName("of");
            repository.getConstructorArgumentValues().addIndexedArgumentValue(0, state);
            return repository;
        }

        private List<String> packages(BeanDefinitionRegistry registry) {
            List<String> named = Binder.get(environment)
                    .bind("outbox.packages", Bindable.listOf(String.class))
                    .orElse(List.of());
            if (!named.isEmpty() || !(registry instanceof ConfigurableListableBeanFactory beans)) {
                return named;
            }
            return AutoConfigurationPackages.has(beans) ? AutoConfigurationPackages.get(beans) : List.of();
        }
    }
}

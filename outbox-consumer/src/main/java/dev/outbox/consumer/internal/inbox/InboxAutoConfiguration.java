package dev.outbox.consumer.internal.inbox;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.InboxContainerCustomizer;
import dev.outbox.consumer.foreign.ForeignEventMapping;
import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.consumer.internal.broker.MissingTopics;
import dev.outbox.consumer.internal.container.InboxContainers;
import dev.outbox.consumer.internal.failure.BrokerProbe;
import dev.outbox.consumer.internal.failure.DatabaseProbe;
import dev.outbox.consumer.internal.failure.FailureProperties;
import dev.outbox.consumer.internal.failure.Outages;
import dev.outbox.consumer.internal.failure.RetryPauses;
import dev.outbox.consumer.internal.handler.EffectTransaction;
import dev.outbox.consumer.internal.handler.InvalidInboxException;
import dev.outbox.consumer.internal.handler.RecordObservation;
import dev.outbox.consumer.internal.health.ConsumerContainers;
import dev.outbox.consumer.internal.metrics.InboxMeters;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.parking.ParkedBacklogs;
import dev.outbox.consumer.internal.parking.ParkedWatch;
import dev.outbox.consumer.internal.processing.DeadLetters;
import dev.outbox.consumer.internal.processing.Failures;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.internal.processing.VersionMemory;
import dev.outbox.consumer.internal.release.GapPatience;
import dev.outbox.consumer.internal.release.GapResumption;
import dev.outbox.consumer.internal.release.ParkedRelease;
import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.upcast.UpcastAutoConfiguration;
import dev.outbox.internal.upcast.Upcasters;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.OutboxTables;
import dev.outbox.schema.TablesAutoConfiguration;
import io.micrometer.observation.ObservationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaConsumerFactoryCustomizer;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.support.micrometer.KafkaListenerObservationConvention;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;

/** Auto-configuration of the inbox: everything from the Kafka topics to the {@link DomainEventHandler} methods. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = {
            DomainAutoConfiguration.class,
            UpcastAutoConfiguration.class,
            DataSourceAutoConfiguration.class,
            KafkaAutoConfiguration.class
        })
@ConditionalOnClass(KafkaAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.inbox.enabled", matchIfMissing = true)
@EnableConfigurationProperties({InboxProperties.class, FailureProperties.class, SequenceProperties.class})
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class InboxAutoConfiguration {

    /** How long the broker may take to accept a dead letter. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    InboxAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnOutboxDataSource
    InboxGuard inboxGuard(
            OutboxDatabase database, CurrentTables current, InboxProperties properties, SequenceProperties sequence) {
        return guard(properties.guard(), database.dataSource(), current.tables(), sequence);
    }

    @Bean
    @ConditionalOnOutboxDataSource
    InboxParkingStore inboxParkingStore(OutboxDatabase database, CurrentTables current) {
        return InboxParkingStore.on(database.product(), database.dataSource(), current.tables());
    }

    /** In each schema that the service knows. */
    @Bean
    @ConditionalOnBean(InboxParkingStore.class)
    ParkedBacklogs inboxParkedBacklogs(OutboxDatabase database, CurrentTables current) {
        return ParkedBacklogs.in(current.all().stream()
                .map(tables -> InboxParkingStore.on(database.product(), database.dataSource(), tables))
                .toList());
    }

    /** It asks for consumers that somebody watches, and for no others. */
    @Bean
    @ConditionalOnBean(InboxParkingStore.class)
    ParkedWatch outboxParkedWatch(ParkedBacklogs parked) {
        return new ParkedWatch(parked, System::nanoTime);
    }

    /** Lazy, because only a service with handlers needs the beans that this one depends on. */
    @Bean
    @Lazy
    @ConditionalOnBean(InboxParkingStore.class)
    ParkedRelease parkedInboxEvents(
            InboxConsumers consumers,
            InboxParkingStore parking,
            OutboxDatabase database,
            FailureProperties failureProperties,
            Outages outages,
            ObjectProvider<DeadLetters> deadLetters,
            ApplicationEventPublisher events,
            ObjectProvider<InboxMeters> meters) {
        Failures failures = new Failures(failureProperties, new RetryPauses(failureProperties, new Random()), outages);
        TransactionTemplate transactions = new TransactionTemplate(database.transactionManager());
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new ParkedRelease(
                consumers,
                parking,
                transactions,
                failures,
                deadLetters::getObject,
                events,
                meters.getIfAvailable(() -> InboxMeters.NONE));
    }

    @Bean
    @ConditionalOnBean(InboxParkingStore.class)
    GapResumption inboxGapResumption(
            InboxConsumers consumers,
            InboxParkingStore parking,
            CurrentTables current,
            ObjectProvider<ParkedRelease> release,
            FailureProperties failures) {
        return new GapResumption(
                consumers, parking, release::getObject, new RetryPauses(failures, new Random()), current.perTenant());
    }

    @Bean
    @ConditionalOnBean(InboxParkingStore.class)
    @ConditionalOnProperty("outbox.inbox.sequence.pass-after")
    GapPatience inboxGapPatience(
            SequenceProperties sequence,
            CurrentTables current,
            InboxParkingStore parking,
            InboxConsumers consumers,
            GapResumption resumption) {
        if (current.perTenant()) {
            throw new OutboxSetupException(
                    "outbox.inbox.sequence.pass-after cannot be used with outbox.schema.names or an OutboxSchemaResolver, because"
                            + " nothing says which tenant a handler is called for once the time is over",
                    "Remove outbox.inbox.sequence.pass-after, and release what is parked with ParkedInboxEvents in each tenant;"
                            + " or let the tenants share one inbox, by outbox.schema.name.");
        }
        return new GapPatience(Objects.requireNonNull(sequence.passAfter()), parking, consumers, resumption);
    }

    /** Asks the servers only when there is a question, so neither has to be available at start. */
    @Bean
    Outages inboxOutages(ObjectProvider<OutboxDatabase> database, ObjectProvider<ConsumerFactory<?, ?>> consumers) {
        return new Outages(() -> answers(database), () -> {
            ConsumerFactory<?, ?> own = consumers.getIfUnique();
            return own == null || new BrokerProbe(own.getConfigurationProperties()).answers();
        });
    }

    @Bean
    InboxConsumers inboxConsumers() {
        return new InboxConsumers();
    }

    @Bean
    VersionMemory inboxVersionMemory(ObjectProvider<Clock> clock) {
        return new VersionMemory(clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    @Order(10)
    InboxRegistrar inboxRegistrar(
            ConfigurableListableBeanFactory beanFactory,
            DomainEventTypes types,
            InboxProperties properties,
            FailureProperties failures,
            InboxConsumers consumers,
            Outages outages,
            VersionMemory versions,
            ApplicationContext context) {
        InboxAssembly.Parts parts = new InboxAssembly.Parts(
                context.getBeanProvider(InboxContainers.class),
                () -> context.getBean(OutboxDatabase.class).transactionManager(),
                kind -> guard(kind, context, properties),
                context.getBeanProvider(InboxParkingStore.class),
                context.getBeanProvider(Upcasters.class),
                context.getBeanProvider(DeadLetters.class),
                context.getBeanProvider(GapResumption.class),
                context.getBeanProvider(ForeignEventMapping.class),
                context.getBeanProvider(ConsumedTopics.class),
                context.getBeanProvider(ConsumerContainers.class),
                (container, group) -> observation(context, container, group),
                outages,
                versions,
                context.getBeanProvider(InboxMeters.class).getIfAvailable(() -> InboxMeters.NONE));
        return new InboxRegistrar(
                beanFactory,
                types,
                new InboxAssembly(properties, failures, consumers, parts, context),
                new EffectTransaction(beanFactory, parts.transactionManager()));
    }

    @Bean
    @ConditionalOnBean(KafkaAdmin.class)
    MissingTopics inboxMissingTopics(InboxRegistrar registrar, KafkaAdmin admin) {
        return new MissingTopics(registrar::topics, admin.getConfigurationProperties());
    }

    /** Uses the service's own settings, overridden so that a letter that was sent is not lost. */
    @Bean
    @Lazy
    @ConditionalOnBean(ProducerFactory.class)
    DeadLetters inboxDeadLetters(ProducerFactory<?, ?> producers, FailureProperties failures) {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE.toMillis());
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        DefaultKafkaProducerFactory<byte[], byte[]> own =
                new DefaultKafkaProducerFactory<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        return new DeadLetters(own, failures.deadLetterSuffix(), PATIENCE);
    }

    /** Lazy, because a service without handlers needs no consumer group. */
    @Bean
    @Lazy
    @ConditionalOnBean(ConsumerFactory.class)
    InboxContainers inboxContainers(
            InboxProperties properties,
            FailureProperties failures,
            ConsumerFactory<?, ?> consumerFactory,
            ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> consumerFactoryCustomizers,
            ObjectProvider<InboxContainerCustomizer> containerCustomizers,
            ObjectProvider<KafkaProperties> kafkaProperties,
            ApplicationContext context) {
        ConcurrentKafkaListenerContainerFactory<byte[], byte[]> factory =
                new ConcurrentKafkaListenerContainerFactory<>();
        factory.setApplicationContext(context);
        factory.setApplicationEventPublisher(context);
        kafkaProperties.ifUnique(
                kafka -> factory.setAutoStartup(kafka.getListener().isAutoStartup()));
        return new InboxContainers(
                factory,
                consumers(consumerFactory, consumerFactoryCustomizers),
                group(properties, consumerFactory, context.getEnvironment()),
                failures.initialInterval(),
                containerCustomizers.orderedStream().toList());
    }

    /** Uses the service's own settings for connection, security and tuning, overridden by what the inbox needs. */
    private static ConsumerFactory<byte[], byte[]> consumers(
            ConsumerFactory<?, ?> service, ObjectProvider<DefaultKafkaConsumerFactoryCustomizer> customizers) {
        Map<String, Object> settings = new HashMap<>(service.getConfigurationProperties());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A misspelt topic must not be created because somebody asks for it.
        settings.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(settings);
        customizers.orderedStream().forEach(customizer -> customizer.customize(factory));
        factory.setKeyDeserializer(new ByteArrayDeserializer());
        factory.setValueDeserializer(new ByteArrayDeserializer());
        return factory;
    }

    /** If a guard of the service stores elsewhere what it has applied, there may be no database to ask. */
    private static boolean answers(ObjectProvider<OutboxDatabase> database) {
        OutboxDatabase own = database.getIfUnique();
        @Nullable DataSource dataSource;
        try {
            dataSource = own == null ? null : own.dataSource();
        } catch (OutboxSetupException none) {
            dataSource = null;
        }
        return dataSource == null || new DatabaseProbe(dataSource).answers();
    }

    /**
     * Spring Kafka observes the records of a batch before it calls the listener, so its observation does not cover their
     * handling.
     */
    private static RecordObservation observation(ApplicationContext context, String container, String group) {
        KafkaProperties kafka = context.getBeanProvider(KafkaProperties.class).getIfUnique();
        ObservationRegistry registry =
                context.getBeanProvider(ObservationRegistry.class).getIfUnique();
        return new RecordObservation(
                kafka != null && registry != null && kafka.getListener().isObservationEnabled()
                        ? registry
                        : ObservationRegistry.NOOP,
                context.getBeanProvider(KafkaListenerObservationConvention.class)
                        .getIfUnique(),
                container,
                group);
    }

    /** A guard that the service defines replaces each of ours. */
    private static @Nullable InboxGuard guard(GuardKind kind, ApplicationContext context, InboxProperties properties) {
        InboxGuard bean = context.getBeanProvider(InboxGuard.class).getIfUnique();
        return bean == null || GuardKind.of(bean).isEmpty() || kind == properties.guard()
                ? bean
                : guard(
                        kind,
                        context.getBean(OutboxDatabase.class).dataSource(),
                        context.getBean(CurrentTables.class).tables(),
                        context.getBean(SequenceProperties.class));
    }

    private static InboxGuard guard(
            GuardKind kind, DataSource dataSource, OutboxTables tables, SequenceProperties sequence) {
        return switch (kind) {
            case EVENT_ID -> InboxGuard.byEventId(dataSource, tables);
            case AGGREGATE_SEQUENCE -> InboxGuard.bySequence(dataSource, tables, sequence.lateStart());
        };
    }

    private static String group(InboxProperties properties, ConsumerFactory<?, ?> consumers, Environment environment) {
        return Stream.of(
                        properties.group(),
                        consumers.getConfigurationProperties().get(ConsumerConfig.GROUP_ID_CONFIG),
                        environment.getProperty("spring.application.name"))
                .filter(Objects::nonNull)
                .map(Object::toString)
                .filter(StringUtils::hasText)
                .findFirst()
                .orElseThrow(() -> new InvalidInboxException(
                        "There are @DomainEventHandler methods, but the consumer group has no name",
                        "Set spring.application.name or outbox.inbox.group. The name must stay, because the inbox remembers"
                                + " applied events under it."));
    }
}

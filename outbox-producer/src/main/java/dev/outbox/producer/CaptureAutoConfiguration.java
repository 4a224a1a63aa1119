package dev.outbox.producer;

import dev.outbox.internal.capture.BroughtEvents;
import dev.outbox.internal.datasource.ConditionalOnOutboxDataSource;
import dev.outbox.internal.datasource.DatabaseConfiguration;
import dev.outbox.internal.datasource.OutboxDatabase;
import dev.outbox.internal.domain.DeclaredTopics;
import dev.outbox.internal.domain.DomainAutoConfiguration;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.setup.OutboxSetupException;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.internal.stream.StreamCapture;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.producer.internal.downcast.DowncastAutoConfiguration;
import dev.outbox.producer.internal.downcast.PayloadWriter;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.persistence.JpaConnections;
import dev.outbox.producer.internal.persistence.JpaEntityEvents;
import dev.outbox.producer.internal.persistence.JpaFlush;
import dev.outbox.producer.internal.persistence.PersistenceFlush;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.schema.CurrentTables;
import dev.outbox.schema.TablesAutoConfiguration;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.util.ClassUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for the capture of events: everything from {@link Outbox} to the outbox table.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(
        after = {DomainAutoConfiguration.class, DataSourceAutoConfiguration.class, DowncastAutoConfiguration.class},
        afterName = {
            "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration",
            "org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration"
        })
@ConditionalOnOutboxDataSource
@ConditionalOnBean(PayloadWriter.class)
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.capture.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CaptureProperties.class)
@Import({DatabaseConfiguration.class, TablesAutoConfiguration.class})
public final class CaptureAutoConfiguration {

    private static final List<String> COLLECTED_FROM = List.of(
            "org.springframework.orm.jpa.EntityManagerHolder",
            "org.hibernate.engine.spi.SharedSessionContractImplementor",
            "org.springframework.data.domain.AfterDomainEventPublication");

    CaptureAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Outbox outbox(DomainEventTypes types, EnvelopeFactory outboxEnvelopeFactory, ObjectProvider<CaptureMeters> meters) {
        return new TransactionalOutbox(types, outboxEnvelopeFactory, late(meters));
    }

    @Bean
    DeclaredTopics outboxDeclaredTopics(DomainEventTypes types, ObjectProvider<StoredAggregates> stored) {
        StoredAggregates aggregates = stored.getIfAvailable(() -> StoredAggregates.NONE);
        return () -> types.all().stream()
                .filter(type -> aggregates.isPublished(type.aggregate()))
                .map(DomainEventType::topic)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Bean
    DomainEventListener domainEventListener(Outbox outbox) {
        return new DomainEventListener(outbox);
    }

    @Bean
    EnvelopeFactory outboxEnvelopeFactory(
            CaptureProperties properties,
            PayloadWriter payloads,
            ObjectProvider<EventHeadersCustomizer> headersCustomizers,
            ObjectProvider<Clock> clock,
            Environment environment) {
        return new EnvelopeFactory(
                properties.sourceOf(environment.getProperty("spring.application.name", "application")),
                properties.maxPayloadSize(),
                payloads,
                headersCustomizers.orderedStream().toList(),
                clock.getIfUnique(Clock::systemUTC));
    }

    @Bean
    OutboxWriter outboxWriter(OutboxDatabase database, CurrentTables current, ObjectProvider<StoredAggregates> stored) {
        StoredAggregates aggregates = stored.getIfAvailable(() -> StoredAggregates.NONE);
        return aggregates.isEmpty()
                ? OutboxWriter.on(database.product(), database.dataSource(), current.tables())
                : OutboxWriter.storing(aggregates, database.dataSource(), current.tables());
    }

    @Bean
    BroughtEvents outboxBroughtEvents(
            CaptureProperties properties, PayloadWriter payloads, OutboxWriter writer, Environment environment) {
        return new WrittenBroughtEvents(
                properties.sourceOf(environment.getProperty("spring.application.name", "application")),
                payloads,
                writer);
    }

    @Bean
    StreamCapture outboxStreamCapture(
            DomainEventTypes types,
            EnvelopeFactory outboxEnvelopeFactory,
            OutboxWriter writer,
            ObjectProvider<CaptureMeters> meters) {
        return new TransactionalStreams(types, outboxEnvelopeFactory, writer, late(meters));
    }

    @Bean
    OutboxTransactionListeners outboxTransactionListeners(
            CaptureProperties properties,
            OutboxDatabase database,
            ObjectProvider<PersistenceFlush> flush,
            OutboxWriter writer,
            ObjectProvider<StoredAggregates> stored,
            ObjectProvider<CaptureMeters> meters,
            ObjectProvider<CommitHint> hints) {
        requireWhatItCollectsFrom(properties);
        return new OutboxTransactionListeners(
                database.dataSource(),
                flush.getIfAvailable(() -> PersistenceFlush.NONE),
                writer,
                stored.getIfAvailable(() -> StoredAggregates.NONE),
                properties.commitWithEvents(),
                late(meters),
                hints);
    }

    @Bean
    static TransactionManagerRegistration outboxTransactionManagerRegistration(
            ObjectProvider<OutboxTransactionListeners> listeners) {
        return new TransactionManagerRegistration(listeners);
    }

    /** Looked up with the first event, because transaction managers are created before what a registry may depend on. */
    private static Supplier<CaptureMeters> late(ObjectProvider<CaptureMeters> meters) {
        return SingletonSupplier.of(() -> meters.getIfAvailable(() -> CaptureMeters.NONE));
    }

    private static void requireWhatItCollectsFrom(CaptureProperties properties) {
        if (properties.collectFromEntities()
                && !COLLECTED_FROM.stream().allMatch(needed -> ClassUtils.isPresent(needed, null))) {
            throw new OutboxSetupException(
                    "outbox.capture.collect-from-entities is true, but something that it needs is missing: Spring's JPA support,"
                            + " Hibernate or Spring Data",
                    "Add spring-boot-starter-data-jpa, or remove the property.");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EntityManagerHolder.class)
    static class JpaConfiguration {

        @Bean
        PersistenceFlush outboxPersistenceFlush(CaptureProperties properties, ApplicationEventPublisher publisher) {
            requireWhatItCollectsFrom(properties);
            return new JpaFlush(
                    properties.collectFromEntities() ? new JpaEntityEvents(publisher)::publish : JpaFlush.NO_EVENTS);
        }

        @Bean
        @ConditionalOnBooleanProperty(name = "outbox.capture.commit-with-events", matchIfMissing = true)
        static JpaConnections outboxJpaConnections(ObjectProvider<OutboxDatabase> database) {
            return new JpaConnections(database);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(Tracer.class)
    @ConditionalOnBean({Tracer.class, Propagator.class})
    static class TracingConfiguration {

        @Bean
        EventHeadersCustomizer outboxTraceHeaders(Tracer tracer, Propagator propagator) {
            return new TraceHeaders(tracer, propagator);
        }
    }
}

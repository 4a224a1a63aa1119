package dev.outbox.consumer.internal.inbox;

import dev.outbox.consumer.foreign.ForeignEventMapping;
import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.consumer.guard.InboxGuard;
import dev.outbox.consumer.internal.broker.ConsumedTopics;
import dev.outbox.consumer.internal.container.ConsumerLag;
import dev.outbox.consumer.internal.container.InboxContainers;
import dev.outbox.consumer.internal.container.InboxDelivery;
import dev.outbox.consumer.internal.failure.FailureProperties;
import dev.outbox.consumer.internal.failure.Outages;
import dev.outbox.consumer.internal.failure.RetryPauses;
import dev.outbox.consumer.internal.handler.EventHandlers;
import dev.outbox.consumer.internal.handler.InvalidInboxException;
import dev.outbox.consumer.internal.handler.RecordObservation;
import dev.outbox.consumer.internal.health.ConsumerContainers;
import dev.outbox.consumer.internal.metrics.InboxMeters;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.DeadLetters;
import dev.outbox.consumer.internal.processing.Failures;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.internal.processing.InboxProcessor;
import dev.outbox.consumer.internal.processing.InboxReport;
import dev.outbox.consumer.internal.processing.InboxStores;
import dev.outbox.consumer.internal.processing.VersionMemory;
import dev.outbox.consumer.internal.record.RecordReader;
import dev.outbox.consumer.internal.release.GapResumption;
import dev.outbox.internal.upcast.Upcasters;
import java.util.Collection;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Assembles a consumer, or says what is missing for it. Nothing is looked up before there is a handler. */
final class InboxAssembly {

    private final InboxProperties properties;
    private final FailureProperties failureProperties;
    private final InboxConsumers consumers;
    private final Parts parts;
    private final ApplicationEventPublisher events;

    InboxAssembly(
            InboxProperties properties,
            FailureProperties failureProperties,
            InboxConsumers consumers,
            Parts parts,
            ApplicationEventPublisher events) {
        this.properties = properties;
        this.failureProperties = failureProperties;
        this.consumers = consumers;
        this.parts = parts;
        this.events = events;
    }

    /** {@return the container of a consumer, not yet started} */
    ConcurrentMessageListenerContainer<byte[], byte[]> container(
            String containerName, String consumerName, EventHandlers handlers) {
        InboxContainers containers = required(parts.containers(), "Kafka ConsumerFactory", "Configure spring.kafka.");
        InboxProperties.Consumer settings = properties.consumer(consumerName, containers.group());
        String consumer = Objects.requireNonNull(settings.group());
        InboxStores stores = stores(settings);
        InboxProcessor processor = new InboxProcessor(
                consumer,
                handlers,
                stores,
                required(
                                parts.upcasters(),
                                "JsonMapper",
                                "Let Spring Boot configure Jackson, or define a JsonMapper bean.")
                        .readerFor(handlers.types())
                        // What handlers store stays, so they must not get what is only remembered.
                        .withKeysAnew(),
                parts.versions(),
                properties.tombstones(),
                parts.observations().of(containerName, consumer));
        consumers.add(consumer, processor);
        Failures failures =
                new Failures(failureProperties, new RetryPauses(failureProperties, new Random()), parts.outages());
        InboxDelivery delivery = new InboxDelivery(
                consumer,
                new RecordReader(parts.mappings().orderedStream().toList()),
                processor,
                stores,
                required(parts.deadLetters(), "Kafka ProducerFactory", "Configure spring.kafka."),
                failures,
                required(
                        parts.resumption(),
                        "DataSource",
                        "Mark the one with the inbox as @OutboxDataSource or @Primary."),
                new InboxReport(consumer, events, parts.meters().of(consumer)));
        Collection<String> topics = settings.topics().isEmpty() ? handlers.topics() : settings.topics();
        ConcurrentMessageListenerContainer<byte[], byte[]> container =
                containers.create(containerName, consumer, topics, settings.concurrency(), delivery);
        if (!stores.guard().seesEveryType()) {
            parts.topics().ifUnique(consumed -> consumed.add(consumer, container.getContainerProperties()));
        }
        parts.meters().of(consumer).lag(new ConsumerLag(container));
        parts.watched().ifUnique(watched -> watched.add(consumer, container));
        return container;
    }

    private InboxStores stores(InboxProperties.Consumer settings) {
        return new InboxStores(
                new TransactionTemplate(parts.transactionManager().get()),
                required(
                        parts.guards().of(Objects.requireNonNull(settings.guard())),
                        "DataSource",
                        "Mark the one with the inbox as @OutboxDataSource or @Primary, or define an InboxGuard bean."),
                required(
                        parts.parking(),
                        "DataSource",
                        "Mark the one with the inbox as @OutboxDataSource or @Primary, or define a InboxParkingStore bean."));
    }

    private static <T> T required(ObjectProvider<T> provider, String what, String fix) {
        return required(provider.getIfUnique(), what, fix);
    }

    private static <T> T required(@Nullable T bean, String what, String fix) {
        if (bean == null) {
            throw new InvalidInboxException(
                    "There are @DomainEventHandler methods, but not exactly one %s to consume with".formatted(what),
                    fix);
        }
        return bean;
    }

    /** Creates the observation of the records of a container. */
    @FunctionalInterface
    interface Observations {

        RecordObservation of(String container, String group);
    }

    /** Looks up the guards. */
    @FunctionalInterface
    interface Guards {

        /** {@return the guard of that kind, or the service's own; null if there is none} */
        @Nullable
        InboxGuard of(GuardKind kind);
    }

    /** The parts of a consumer, as far as the service has them. */
    record Parts(
            ObjectProvider<InboxContainers> containers,
            Supplier<PlatformTransactionManager> transactionManager,
            Guards guards,
            ObjectProvider<InboxParkingStore> parking,
            ObjectProvider<Upcasters> upcasters,
            ObjectProvider<DeadLetters> deadLetters,
            ObjectProvider<GapResumption> resumption,
            ObjectProvider<ForeignEventMapping> mappings,
            ObjectProvider<ConsumedTopics> topics,
            ObjectProvider<ConsumerContainers> watched,
            Observations observations,
            Outages outages,
            VersionMemory versions,
            InboxMeters meters) {}
}

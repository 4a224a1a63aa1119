package dev.outbox.relay;

import dev.outbox.internal.start.StartFact;
import dev.outbox.internal.status.StatusPart;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.broker.ProducerConfigCustomizer;
import dev.outbox.relay.broker.PublishedRecords;
import dev.outbox.relay.internal.database.DurabilityProperties;
import dev.outbox.relay.internal.database.RelayDatabase;
import dev.outbox.relay.internal.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.internal.kafka.BrokerSettings;
import dev.outbox.relay.internal.kafka.KafkaClientMeters;
import dev.outbox.relay.internal.kafka.KafkaEventPublisher;
import dev.outbox.relay.internal.lane.LaneAssembly;
import dev.outbox.relay.internal.lane.ReadAhead;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.RelayName;
import dev.outbox.relay.internal.log.LaneLogs;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.TableLogs;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.metrics.SentPage;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.pace.RelayWait;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.internal.queue.EventQueue;
import dev.outbox.relay.internal.queue.QueuedLog;
import dev.outbox.relay.internal.replication.EngineMonitor;
import dev.outbox.relay.internal.tail.TailStream;
import dev.outbox.relay.lane.LaneTroubles;
import dev.outbox.relay.retention.Retention;
import dev.outbox.relay.retention.RetentionMonitor;
import dev.outbox.schema.OutboxTables;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Auto-configuration of the relay.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = {RelayDatabaseAutoConfiguration.class, KafkaAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@ConditionalOnBean(RelayDatabase.class)
@EnableConfigurationProperties(RelayProperties.class)
public final class RelayAutoConfiguration {

    /** A call that waits for Kafka has to end well before the lease does. */
    private static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    private final RelayProperties properties;

    RelayAutoConfiguration(RelayProperties properties) {
        this.properties = properties;
    }

    /** The service's own connection to Kafka, however it is configured: by properties or by a bean in Java. */
    @Bean
    BrokerSettings outboxBrokerSettings(
            ProducerFactory<?, ?> producers, ObjectProvider<ProducerConfigCustomizer> customizers) {
        Map<String, Object> settings = new HashMap<>(producers.getConfigurationProperties());
        customizers.orderedStream().forEach(customizer -> customizer.customize(settings));
        return BrokerSettings.from(settings);
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisherFactory outboxEventPublisherFactory(
            BrokerSettings broker, ObjectProvider<KafkaClientMeters> clientMeters) {
        KafkaClientMeters meters = clientMeters.getIfAvailable(() -> KafkaClientMeters.NONE);
        Duration halfLease = properties.lease().ttl().dividedBy(2);
        Duration maxBlock = halfLease.compareTo(MAX_BLOCK) < 0 ? halfLease : MAX_BLOCK;
        return name -> KafkaEventPublisher.create(named(broker.producer(), name), maxBlock, meters);
    }

    @Bean
    RelayWait outboxRelayWait() {
        return new RelayWait(properties.poll());
    }

    @Bean
    RelayName outboxRelayName(Environment environment) {
        return RelayName.of(environment.getProperty("spring.application.name", "relay"));
    }

    @Bean
    RelayMember outboxRelayMember(RelayName name) {
        return new RelayMember(
                name.toString(), properties.lanes(), properties.lease().ttl());
    }

    @Bean
    TableLogs outboxTableLogs(RelayDatabase database, OutboxTables tables, DurabilityProperties durability) {
        properties.requireEngineOf(database.product());
        if (!database.product().keepsPublished()) {
            EventQueue queue = EventQueue.on(database.product(), database.dataSource(), tables);
            return () -> new QueuedLog(queue);
        }
        OutboxLog log = OutboxLog.postgres(database.dataSource(), tables, durability.toDurability());
        Executor readers = ReadAhead.threads();
        return () -> new ReadAhead(log, readers);
    }

    @Bean
    LaneThreads outboxLaneThreads(
            LaneStore lanes,
            TableLogs tables,
            ObjectProvider<LaneLogs> engine,
            EventPublisherFactory publishers,
            ParkingStore parked,
            RelayWait wait,
            RelayMember self,
            ObjectProvider<Clock> clock,
            ObjectProvider<RelayMeters> meters,
            ObjectProvider<SentPage.Observer> traces) {
        LaneAssembly assembly = new LaneAssembly(
                lanes,
                tables,
                engine.getIfAvailable(() -> LaneLogs.TABLE),
                publishers,
                parked,
                properties,
                self.name(),
                clock.getIfUnique(Clock::systemUTC),
                meters.getIfAvailable(() -> RelayMeters.NONE),
                traces.getIfAvailable(() -> rows -> SentPage.UNOBSERVED));
        return new LaneThreads(assembly, wait);
    }

    @Bean
    LaneTroubles outboxLaneTroubles(LaneThreads lanes) {
        return new OwnedLaneTroubles(lanes::monitors);
    }

    @Bean
    @ConditionalOnMissingBean
    PublishedRecords outboxPublishedRecords(BrokerSettings broker) {
        return broker.records();
    }

    @Bean
    @Order(30)
    StartFact outboxRelayFact() {
        return () -> "a relay here, which asks for %d lane%s"
                .formatted(properties.lanes(), properties.lanes() == 1 ? "" : "s");
    }

    @Bean
    RelayMonitor outboxRelayMonitor(ObjectProvider<RelayMeters> meters) {
        RelayMonitor monitor =
                new RelayMonitor(properties.stuckAfter().plus(RelayLoop.SETTLED_INTERVAL), System::nanoTime);
        meters.ifAvailable(available -> available.lanes(() -> monitor.unowned().size()));
        return monitor;
    }

    @Bean
    RelayView outboxRelayView(
            RelayMonitor monitor,
            LaneThreads lanes,
            ObjectProvider<RetentionMonitor> retention,
            ObjectProvider<EngineMonitor> engine) {
        return new RelayView(monitor, lanes::monitors, retention.getIfAvailable(), engine.getIfAvailable());
    }

    @Bean
    StatusPart outboxRelayStatus(
            RelayView view, RelayMember self, RelayDatabase database, ObjectProvider<Retention> retention) {
        String engine = properties.engineOn(database.product()).name().toLowerCase(Locale.ROOT);
        return new StatusPart("relay", () -> RelayStatus.of(self.name(), view, engine, retention.getIfAvailable()));
    }

    @Bean
    RelayLoop outboxRelayLoop(
            LaneLayout layout,
            RelayMember self,
            LaneThreads lanes,
            RelayWait wait,
            RelayMonitor monitor,
            ObjectProvider<TailStream> stream) {
        return new RelayLoop(
                new LaneSharing(layout, self, lanes),
                () -> stream.stream().anyMatch(TailStream::isElsewhere),
                lanes,
                wait,
                monitor,
                properties.lease().ttl());
    }

    /** Producers of one process need different client ids, because their metrics are named by them. */
    private static Map<String, Object> named(Map<String, Object> configuration, String name) {
        Map<String, Object> named = new HashMap<>(configuration);
        named.merge(ProducerConfig.CLIENT_ID_CONFIG, name, (users, ours) -> users + "-" + ours);
        return named;
    }
}

package dev.outbox.relay;

import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.EventPublisherFactory;
import dev.outbox.relay.broker.ProducerConfigCustomizer;
import dev.outbox.relay.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.lane.LaneLayout;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.relay.parking.ParkingStore;
import dev.outbox.store.OutboxLog;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Auto-configuration of the relay. */
@AutoConfiguration(after = {RelayDatabaseAutoConfiguration.class, KafkaAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@EnableConfigurationProperties(RelayProperties.class)
public final class RelayAutoConfiguration {

    /** A call that waits for Kafka has to end well before the lease does. */
    private static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    private final RelayProperties properties;

    RelayAutoConfiguration(RelayProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisherFactory outboxEventPublisherFactory(
            KafkaProperties kafka,
            KafkaConnectionDetails connectionDetails,
            ObjectProvider<ProducerConfigCustomizer> customizers) {
        Map<String, Object> configuration = kafka.buildProducerProperties();
        applyConnection(configuration, connectionDetails.getProducer());
        customizers.orderedStream().forEach(customizer -> customizer.customize(configuration));
        Duration halfLease = properties.lease().ttl().dividedBy(2);
        Duration maxBlock = halfLease.compareTo(MAX_BLOCK) < 0 ? halfLease : MAX_BLOCK;
        return name -> EventPublisher.kafka(named(configuration, name), maxBlock);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayWait outboxRelayWait() {
        return new RelayWait(properties.poll());
    }

    @Bean
    @ConditionalOnMissingBean
    RelayMember outboxRelayMember(Environment environment) {
        return new RelayMember(
                owner(environment), properties.lanes(), properties.lease().ttl());
    }

    @Bean
    @ConditionalOnMissingBean
    LaneThreads outboxLaneThreads(
            LaneStore lanes,
            OutboxLog log,
            EventPublisherFactory publishers,
            ParkingStore parked,
            RelayWait wait,
            RelayMember self,
            ObjectProvider<Clock> clock) {
        LaneAssembly assembly = new LaneAssembly(
                lanes,
                log,
                ReadAhead.threads(),
                publishers,
                parked,
                properties,
                self.name(),
                clock.getIfUnique(Clock::systemUTC));
        return new LaneThreads(assembly, wait);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayMonitor outboxRelayMonitor() {
        return new RelayMonitor(properties.stuckAfter().plus(RelayLoop.SETTLED_INTERVAL), System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayLoop outboxRelayLoop(
            LaneLayout layout, RelayMember self, LaneThreads lanes, RelayWait wait, RelayMonitor monitor) {
        return new RelayLoop(
                new LaneSharing(layout, self, lanes),
                lanes,
                wait,
                monitor,
                properties.lease().ttl());
    }

    /** A name that no other relay has, nor this one after a restart, and that says where to look. */
    private static String owner(Environment environment) {
        return "%s, process %d, %s"
                .formatted(
                        environment.getProperty("spring.application.name", "relay"),
                        ProcessHandle.current().pid(),
                        UUID.randomUUID());
    }

    /** Producers of one process have to differ by their client id, for their metrics go by it. */
    private static Map<String, Object> named(Map<String, Object> configuration, String name) {
        Map<String, Object> named = new HashMap<>(configuration);
        named.merge(ProducerConfig.CLIENT_ID_CONFIG, name, (users, ours) -> users + "-" + ours);
        return named;
    }

    /** As Boot does it for its own producer. */
    private static void applyConnection(
            Map<String, Object> configuration, KafkaConnectionDetails.Configuration connection) {
        configuration.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
        String securityProtocol = connection.getSecurityProtocol();
        if (securityProtocol != null && !securityProtocol.isEmpty()) {
            configuration.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, securityProtocol);
        }
        SslBundle sslBundle = connection.getSslBundle();
        if (sslBundle != null) {
            configuration.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
            configuration.put(SslBundle.class.getName(), sslBundle);
        }
    }
}

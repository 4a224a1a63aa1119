package dev.outbox.relay;

import dev.outbox.relay.broker.EventPublisher;
import dev.outbox.relay.broker.ProducerConfigCustomizer;
import dev.outbox.relay.database.RelayDatabaseAutoConfiguration;
import dev.outbox.relay.lane.LaneStore;
import dev.outbox.store.BucketRange;
import dev.outbox.store.OutboxLog;
import dev.outbox.store.ReadBudget;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.CommonClientConfigs;
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

    /** One lane for all buckets. */
    private static final int LANE = 0;

    /** A call that waits for Kafka has to end well before the lease does. */
    private static final Duration MAX_BLOCK = Duration.ofSeconds(5);

    private final RelayProperties properties;

    RelayAutoConfiguration(RelayProperties properties) {
        this.properties = properties;
    }

    @Bean
    @ConditionalOnMissingBean
    EventPublisher outboxEventPublisher(
            KafkaProperties kafka,
            KafkaConnectionDetails connectionDetails,
            ObjectProvider<ProducerConfigCustomizer> customizers) {
        Map<String, Object> configuration = kafka.buildProducerProperties();
        applyConnection(configuration, connectionDetails.getProducer());
        customizers.orderedStream().forEach(customizer -> customizer.customize(configuration));
        Duration halfLease = properties.lease().ttl().dividedBy(2);
        return EventPublisher.kafka(configuration, halfLease.compareTo(MAX_BLOCK) < 0 ? halfLease : MAX_BLOCK);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayWait outboxRelayWait() {
        return new RelayWait(properties.poll());
    }

    @Bean
    @ConditionalOnMissingBean
    LaneRelay outboxLaneRelay(
            LaneStore lanes, OutboxLog log, EventPublisher publisher, RelayWait wait, Environment environment) {
        RelayProperties.Page page = properties.page();
        RelayProperties.Lease lease = properties.lease();
        RelayProperties.Backoff backoff = properties.backoff();
        ReadBudget budget = new ReadBudget(page.rows(), page.bytes().toBytes());
        Ticker ticker = System::nanoTime;
        return new LaneRelay(
                new LaneLease(lanes, LANE, owner(environment), lease.ttl(), lease.saveInterval(), ticker),
                new LaneReader(log, BucketRange.ALL, budget),
                new InFlight(budget, page.inFlight(), wait::settled),
                publisher,
                new Backoff(backoff.initial(), backoff.max(), RandomGenerator.getDefault()),
                ticker);
    }

    @Bean
    @ConditionalOnMissingBean
    LaneMonitor outboxLaneMonitor() {
        return new LaneMonitor(LANE, properties.stuckAfter(), System::nanoTime);
    }

    @Bean
    @ConditionalOnMissingBean
    RelayLoop outboxRelayLoop(LaneRelay relay, RelayWait wait, LaneMonitor monitor) {
        return new RelayLoop(relay, wait, monitor, properties.drainTimeout());
    }

    /** A name that no other relay has, nor this one after a restart, and that says where to look. */
    private static String owner(Environment environment) {
        return "%s, process %d, %s"
                .formatted(
                        environment.getProperty("spring.application.name", "relay"),
                        ProcessHandle.current().pid(),
                        UUID.randomUUID());
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

package dev.outbox.relay.check;

import dev.outbox.event.DeclaredTopics;
import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.broker.ProducerConfigCustomizer;
import dev.outbox.relay.database.RelayDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/** Auto-configuration of what is looked at before the relay starts. */
@AutoConfiguration(after = RelayAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "outbox.relay.enabled", matchIfMissing = true)
@EnableConfigurationProperties(CheckProperties.class)
public final class CheckAutoConfiguration {

    private static final DataSize DEFAULT_MAX_PAYLOAD = DataSize.ofKilobytes(900);

    /** Of Kafka's client, and of the relay's producer. */
    private static final int DEFAULT_MAX_REQUEST = 1024 * 1024;

    CheckAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StartChecks outboxStartChecks(
            CheckProperties properties,
            RelayDatabase database,
            KafkaProperties kafka,
            KafkaConnectionDetails connectionDetails,
            ObjectProvider<ProducerConfigCustomizer> customizers,
            ObjectProvider<DeclaredTopics> declared,
            Environment environment) {
        Map<String, Object> producer = kafka.buildProducerProperties();
        customizers.orderedStream().forEach(customizer -> customizer.customize(producer));
        long maxPayload = environment
                .getProperty("outbox.capture.max-payload-size", DataSize.class, DEFAULT_MAX_PAYLOAD)
                .toBytes();
        return new StartChecks(
                List.of(
                        new JdbcServerCheck(database.dataSource()),
                        new ProducerSettingsCheck(producer),
                        new TopicsCheck(
                                new KafkaTopicLimits(admin(kafka, connectionDetails.getAdmin()), properties.timeout()),
                                properties.topics(),
                                () -> topics(declared, new JdbcRecentTopics(database.dataSource())),
                                maxPayload,
                                maxRequest(producer))),
                properties.unsafeSettings());
    }

    private static Set<String> topics(ObjectProvider<DeclaredTopics> declared, Supplier<Set<String>> recent) {
        Set<String> topics = new HashSet<>(recent.get());
        declared.forEach(source -> topics.addAll(source.names()));
        return topics;
    }

    private static long maxRequest(Map<String, Object> producer) {
        Object size = producer.getOrDefault(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_MAX_REQUEST);
        return Long.parseLong(size.toString().trim());
    }

    /** As Boot does it for its own client. */
    private static Map<String, Object> admin(KafkaProperties kafka, KafkaConnectionDetails.Configuration connection) {
        Map<String, Object> configuration = kafka.buildAdminProperties();
        configuration.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, connection.getBootstrapServers());
        String securityProtocol = connection.getSecurityProtocol();
        if (securityProtocol != null && !securityProtocol.isEmpty()) {
            configuration.put(AdminClientConfig.SECURITY_PROTOCOL_CONFIG, securityProtocol);
        }
        SslBundle sslBundle = connection.getSslBundle();
        if (sslBundle != null) {
            configuration.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
            configuration.put(SslBundle.class.getName(), sslBundle);
        }
        return configuration;
    }
}

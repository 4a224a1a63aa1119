package dev.outbox.relay.check;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.database.RelayDatabase;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
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

    CheckAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    StartChecks outboxStartChecks(
            CheckProperties properties,
            RelayDatabase database,
            KafkaProperties kafka,
            KafkaConnectionDetails connectionDetails,
            Environment environment) {
        long maxPayload = environment
                .getProperty("outbox.capture.max-payload-size", DataSize.class, DEFAULT_MAX_PAYLOAD)
                .toBytes();
        return new StartChecks(
                List.of(
                        new JdbcServerCheck(database.dataSource()),
                        new ProducerSettingsCheck(kafka.buildProducerProperties()),
                        new TopicsCheck(
                                new KafkaTopicLimits(admin(kafka, connectionDetails.getAdmin()), properties.timeout()),
                                properties.topics(),
                                maxPayload)),
                properties.unsafeSettings());
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

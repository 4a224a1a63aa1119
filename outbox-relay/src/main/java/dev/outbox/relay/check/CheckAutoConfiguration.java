package dev.outbox.relay.check;

import dev.outbox.relay.RelayAutoConfiguration;
import dev.outbox.relay.database.RelayDatabase;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
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
        Map<String, Object> admin = kafka.buildAdminProperties();
        admin.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connectionDetails.getAdmin().getBootstrapServers());
        return new StartChecks(
                List.of(
                        new JdbcServerCheck(database.dataSource()),
                        new ProducerSettingsCheck(kafka.buildProducerProperties()),
                        new TopicsCheck(
                                new KafkaTopicLimits(admin, properties.timeout()), properties.topics(), maxPayload)),
                properties.unsafeSettings());
    }
}

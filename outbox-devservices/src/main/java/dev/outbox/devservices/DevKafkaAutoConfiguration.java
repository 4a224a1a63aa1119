package dev.outbox.devservices;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.devservices.internal.SharedServers;
import java.util.List;
import kafka.Kafka;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;

/**
 * The Kafka broker of this JVM, for an application that names none: it has no {@code spring.kafka.bootstrap-servers}, and
 * nothing else has given it {@link KafkaConnectionDetails}, such as Testcontainers or Spring Boot's support of Docker Compose.
 * The broker creates topics on first use, with three partitions.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnClass({KafkaConnectionDetails.class, Kafka.class})
@ConditionalOnBooleanProperty(name = "outbox.devservices.enabled", matchIfMissing = true)
@ConditionalOnMissingProperty({
    "spring.kafka.bootstrap-servers",
    "spring.kafka.consumer.bootstrap-servers",
    "spring.kafka.producer.bootstrap-servers",
    "spring.kafka.properties.bootstrap.servers",
    "spring.kafka.streams.bootstrap-servers"
})
@EnableConfigurationProperties(DevServicesProperties.class)
public final class DevKafkaAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(DevKafkaAutoConfiguration.class);

    @Bean
    @ConditionalOnMissingBean(KafkaConnectionDetails.class)
    KafkaConnectionDetails outboxDevBroker(DevServicesProperties properties) {
        KafkaBroker broker = SharedServers.kafka(properties.kafka().port());
        LOG.info("Kafka of outbox-devservices listens at {}", broker.bootstrapServers());
        return () -> List.of(broker.bootstrapServers());
    }
}

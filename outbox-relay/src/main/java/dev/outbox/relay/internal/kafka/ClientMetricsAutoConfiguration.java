package dev.outbox.relay.internal.kafka;

import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.micrometer.RelayMetricsAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Auto-configuration of the metrics of the relay's Kafka clients, for applications that have a Micrometer registry. */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration(after = RelayMetricsAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, Producer.class})
@ConditionalOnBean(RelayMeters.class)
public final class ClientMetricsAutoConfiguration {

    ClientMetricsAutoConfiguration() {}

    @Bean
    KafkaClientMeters outboxKafkaClientMeters(MeterRegistry registry) {
        return new KafkaMicrometerClientMeters(registry);
    }
}

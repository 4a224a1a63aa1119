package dev.outbox.embedded;

import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EmbeddedKafkaConfiguration {

    @Bean
    KafkaConnectionDetails testBrokerConnectionDetails() {
        return () -> List.of(TestBroker.bootstrapServers());
    }
}

package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.ConsumingContender;
import dev.outbox.benchmark.contender.Contender;
import dev.outbox.benchmark.contender.Effects;
import dev.outbox.consumer.idempotent.Idempotent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import tools.jackson.databind.json.JsonMapper;

/** A service whose own listener takes record by record, guarded by the inbox. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class IdempotentService {

    static Contender contender(ConfigurableApplicationContext context) {
        KafkaListenerEndpointRegistry listeners = context.getBean(KafkaListenerEndpointRegistry.class);
        return ConsumingContender.of(
                context,
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::start),
                () -> listeners.getListenerContainers().forEach(MessageListenerContainer::stop),
                context::close);
    }

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    @Bean
    Listener listener(JsonMapper json, Effects effects) {
        return new Listener(json, effects);
    }

    record Listener(JsonMapper json, Effects effects) {

        @Idempotent
        @KafkaListener(topics = "${topic}")
        void on(ConsumerRecord<String, byte[]> each) {
            AccountChanged event = json.readValue(each.value(), AccountChanged.class);
            effects.add(event.key(), event.mark());
        }
    }
}

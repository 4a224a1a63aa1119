package dev.outbox.benchmark.listener;

import dev.outbox.benchmark.contender.Effects;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** A service that consumes by a listener of Spring Kafka, which is added to it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ListenerService {

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    @Bean
    Business business(JsonMapper json, Effects effects) {
        return new Business(json, effects);
    }

    /** What each of the listeners does with a record. */
    record Business(JsonMapper json, Effects effects) {

        void handle(byte[] payload) {
            AccountChanged event = json.readValue(payload, AccountChanged.class);
            effects.add(event.key(), event.mark());
        }
    }
}

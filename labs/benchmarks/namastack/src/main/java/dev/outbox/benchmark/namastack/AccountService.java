package dev.outbox.benchmark.namastack;

import dev.outbox.benchmark.contender.Settings;
import io.namastack.outbox.handler.OutboxTypedHandler;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableScheduling;
import tools.jackson.databind.json.JsonMapper;

@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableScheduling
class AccountService {

    @Bean
    OutboxTypedHandler<AccountChanged> accountChangedHandler(
            KafkaTemplate<String, String> kafka, Settings settings, JsonMapper mapper) {
        return new AccountChangedHandler(new KafkaSender(kafka, settings), mapper);
    }
}

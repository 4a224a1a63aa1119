package dev.outbox.benchmark.modulith;

import dev.outbox.benchmark.contender.Settings;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.scheduling.annotation.EnableAsync;
import tools.jackson.databind.json.JsonMapper;

@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@EnableAsync
class AccountService {

    /** The size of Spring Boot's own executor. */
    private static final int DEFAULT_THREADS = 8;

    private static final int THREADS = 16;

    @Bean
    ListenerThreads applicationTaskExecutor(Settings settings) {
        return new ListenerThreads(settings.isTuned() ? THREADS : DEFAULT_THREADS);
    }

    @Bean
    AccountChangedListener accountChangedListener(
            KafkaTemplate<String, String> kafka, Settings settings, JsonMapper mapper) {
        return new AccountChangedListener(new KafkaSender(kafka, settings), mapper);
    }
}

package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.Effects;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The service, as its users write it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AccountService {

    @Bean
    Effects effects(JdbcClient jdbc) {
        return new Effects(jdbc);
    }

    @Bean
    AccountEffects accountEffects(Effects effects) {
        return new AccountEffects(effects);
    }
}

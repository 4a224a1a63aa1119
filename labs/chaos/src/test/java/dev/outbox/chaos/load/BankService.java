package dev.outbox.chaos.load;

import dev.outbox.chaos.Landscape;
import dev.outbox.producer.Outbox;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The writing service, as Spring Boot sets it up, in this process. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BankService {

    /** Starts it. */
    public static ConfigurableApplicationContext start(Landscape landscape) {
        return new SpringApplicationBuilder(BankService.class)
                .web(WebApplicationType.NONE)
                .run(landscape.arguments(
                        "bank",
                        "--spring.main.banner-mode=off",
                        "--spring.main.log-startup-info=false",
                        "--spring.datasource.hikari.connection-timeout=2000",
                        "--outbox.topics.Account=" + landscape.topic(),
                        "--outbox.inbox.enabled=false",
                        // On the class path for its lanes; the relays are other processes.
                        "--outbox.relay.enabled=false",
                        "--outbox.notify.mode=always"));
    }

    @Bean
    Bank bank(JdbcClient jdbc, TransactionTemplate transactions, Outbox outbox) {
        return new Bank(jdbc, transactions, outbox);
    }
}

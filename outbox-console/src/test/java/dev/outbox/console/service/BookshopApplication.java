package dev.outbox.console.service;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BookshopApplication {

    @Bean
    Bookshop bookshop() {
        return new Bookshop();
    }
}

package dev.outbox.customer;

import dev.outbox.producer.EventHeadersCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@Configuration(proxyBeanMethods = false)
@Import(Customers.class)
class CustomerConfiguration {

    @Bean
    EventHeadersCustomizer tenant(CurrentTenant tenant) {
        return (event, headers) -> headers.put("tenant", tenant.name());
    }

    @Bean
    CurrentTenant currentTenant() {
        return new CurrentTenant("north");
    }
}

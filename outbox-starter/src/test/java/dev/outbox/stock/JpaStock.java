package dev.outbox.stock;

import jakarta.persistence.EntityManager;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The service on JPA. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(Stock.class)
public class JpaStock {

    @Bean
    Reservations reservations(EntityManager entityManager) {
        return (orderId, article) -> entityManager.persist(new Reservation(orderId, article));
    }
}

package dev.outbox.deployed.before;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** Knows version 2, and cannot handle it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
public class Shipping {

    @DomainEvent(type = "ShipmentSent", version = 2, aggregate = "Shipment", topic = "shipments.deployed")
    record ShipmentSent(@AggregateId String shipment, int kilos) {}

    @DomainEventHandler(attempts = 1)
    void weigh(ShipmentSent sent) {
        throw new IllegalStateException("%d kg are too coarse".formatted(sent.kilos()));
    }
}

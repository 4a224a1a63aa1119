package dev.outbox.deployed.after;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.upcast.Upcaster;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** Knows version 3, and the steps to it from both earlier ones. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
public class Shipping {

    private final JdbcClient jdbc;

    Shipping(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @DomainEvent(type = "ShipmentSent", version = 3, aggregate = "Shipment", topic = "shipments.deployed")
    record ShipmentSent(@AggregateId String shipment, int grams) {}

    @Upcaster(type = "ShipmentSent", from = 1)
    ObjectNode tonsAreThousandKilos(ObjectNode sent) {
        return sent.put("kilos", sent.remove("tons").intValue() * 1000);
    }

    @Upcaster(type = "ShipmentSent", from = 2)
    ObjectNode kilosAreThousandGrams(ObjectNode sent) {
        return sent.put("grams", sent.remove("kilos").intValue() * 1000);
    }

    @DomainEventHandler
    void weigh(ShipmentSent sent, EventMetadata metadata) {
        jdbc.sql("insert into effect (shipment, effect) values (?, ?)")
                .params(
                        sent.shipment(),
                        "%d g%s of version %d"
                                .formatted(sent.grams(), metadata.isReplay() ? " again" : "", metadata.version()))
                .update();
    }
}

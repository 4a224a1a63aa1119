package dev.outbox.test.contract.shop;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.upcast.Upcaster;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** A service that needs a database and a broker, neither of which the check of its events starts. */
@SpringBootApplication
public class Shop {

    @DomainEvent(type = "ShopOpened", aggregate = "Shop")
    public record Opened(@AggregateId String shop) {}

    @DomainEvent(type = "GoodsDelivered", version = 2, aggregate = "Delivery")
    public record Delivered(@AggregateId String delivery, int boxes) {}

    /** Beans of the service that the check has no use for are not made. */
    @Component
    static class Gate {

        Gate() {
            throw new IllegalStateException("made for nothing");
        }

        @DomainEventHandler
        void on(Delivered delivered) {}
    }

    @Component
    static class Boxes {

        @Upcaster(type = "GoodsDelivered", from = 1)
        ObjectNode boxes(ObjectNode delivered) {
            return delivered.put("boxes", 1);
        }
    }
}

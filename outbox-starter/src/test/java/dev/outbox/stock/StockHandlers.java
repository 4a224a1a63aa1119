package dev.outbox.stock;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.producer.Outbox;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.core.annotation.Order;

/** Two handlers of one event; the later one may be told to fail. */
public class StockHandlers {

    private final Reservations reservations;
    private final Outbox outbox;
    private final Disturbance disturbance;
    private final List<EventMetadata> seen = new CopyOnWriteArrayList<>();

    StockHandlers(Reservations reservations, Outbox outbox, Disturbance disturbance) {
        this.reservations = reservations;
        this.outbox = outbox;
        this.disturbance = disturbance;
    }

    @Order(2)
    @DomainEventHandler
    void answer(OrderPlaced order, EventMetadata metadata) {
        outbox.publish(new StockReserved(order.orderId()));
        seen.add(metadata);
        disturbance.disturb(order.orderId());
    }

    @Order(1)
    @DomainEventHandler
    void reserve(OrderPlaced order) {
        reservations.add(order.orderId(), order.article());
    }

    @DomainEventHandler
    void audit(OrderAudited order) {
        disturbance.disturb(order.orderId());
    }

    @DomainEventHandler
    void reject(OrderRejected order) {
        disturbance.disturb(order.orderId());
    }

    /** {@return what the handlers were called with, whether or not they failed} */
    public List<EventMetadata> seen() {
        return List.copyOf(seen);
    }
}

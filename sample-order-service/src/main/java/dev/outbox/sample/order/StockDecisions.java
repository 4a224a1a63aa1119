package dev.outbox.sample.order;

import dev.outbox.consumer.DomainEventHandler;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Hears what the inventory has decided. Each event is applied once, in a transaction that the inbox opens: a redelivered
 * one does not get here.
 */
@Component
class StockDecisions {

    private final OrderRepository orders;

    StockDecisions(OrderRepository orders) {
        this.orders = orders;
    }

    @DomainEventHandler
    void on(StockReserved event) {
        order(event.orderId()).confirm();
    }

    @DomainEventHandler
    void on(StockRejected event) {
        order(event.orderId()).reject();
    }

    private Order order(UUID id) {
        return orders.findById(id).orElseThrow(() -> new IllegalStateException("There is no order " + id));
    }
}

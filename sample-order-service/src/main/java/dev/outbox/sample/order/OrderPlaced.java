package dev.outbox.sample.order;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.UUID;

/**
 * An order has come in. Version 1 had {@code items} in place of {@code lines} and no currency; consumers that stored it
 * can still read it, see the inventory service.
 */
@EventContract(description = "An order has come in and waits for stock.", owner = "team orders")
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
record OrderPlaced(@AggregateId UUID orderId, String customer, List<Line> lines, String currency) {

    record Line(String sku, int quantity) {}

    static OrderPlaced of(Order order) {
        List<Line> lines = order.lines().stream()
                .map(line -> new Line(line.sku(), line.quantity()))
                .toList();
        return new OrderPlaced(order.id(), order.customer(), lines, order.currency());
    }
}

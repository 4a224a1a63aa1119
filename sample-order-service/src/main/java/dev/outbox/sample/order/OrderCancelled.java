package dev.outbox.sample.order;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.UUID;

/** The customer no longer wants the order. What was held for it is free again. */
@EventContract(description = "An order is no longer wanted; what was held for it is free.", owner = "team orders")
@DomainEvent(type = "OrderCancelled", aggregate = "Order")
record OrderCancelled(@AggregateId UUID orderId, List<Line> lines) {

    record Line(String sku, int quantity) {}

    static OrderCancelled of(Order order) {
        List<Line> lines = order.lines().stream()
                .map(line -> new Line(line.sku(), line.quantity()))
                .toList();
        return new OrderCancelled(order.id(), lines);
    }
}

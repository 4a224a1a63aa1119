package dev.outbox.sample.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** An order as the outside sees it. */
record OrderView(
        UUID id, String customer, List<OrderLine> lines, String currency, OrderStatus status, Instant placedAt) {

    static OrderView of(Order order) {
        return new OrderView(
                order.id(), order.customer(), order.lines(), order.currency(), order.status(), order.placedAt());
    }
}

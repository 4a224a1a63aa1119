package dev.outbox.sample.order;

import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with orders, each in one transaction. */
@Service
@Transactional
class OrderService {

    private final OrderRepository orders;
    private final Clock clock;

    OrderService(OrderRepository orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /** Stores the order and, in the same transaction, the event that says so. */
    OrderView place(NewOrder request) {
        Order order = Order.place(request.customer(), request.orderLines(), request.currency(), clock.instant());
        return OrderView.of(orders.save(order));
    }

    /** {@code save} is what raises the events of the order; without it, the change alone would be stored. */
    OrderView cancel(UUID id) {
        Order order = order(id);
        order.cancel();
        return OrderView.of(orders.save(order));
    }

    @Transactional(readOnly = true)
    OrderView find(UUID id) {
        return OrderView.of(order(id));
    }

    private Order order(UUID id) {
        return orders.findById(id).orElseThrow(() -> new OrderNotFoundException(id));
    }
}

package dev.outbox.stock;

import dev.outbox.consumer.DomainEventHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Another consumer of the same events. */
public class BillingHandlers {

    private final List<String> billed = new CopyOnWriteArrayList<>();

    @DomainEventHandler(consumer = "billing")
    void bill(OrderPlaced order) {
        billed.add(order.orderId());
    }

    /** {@return how often an order was billed} */
    public long billed(String orderId) {
        return billed.stream().filter(orderId::equals).count();
    }
}

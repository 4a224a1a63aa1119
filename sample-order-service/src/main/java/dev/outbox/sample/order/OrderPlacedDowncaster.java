package dev.outbox.sample.order;

import dev.outbox.producer.downcast.Downcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an {@link OrderPlaced} of version 1, for consumers that do not know version 2 yet: as long as
 * {@code outbox.versions.also-publish.OrderPlaced=1} says so.
 */
@Component
class OrderPlacedDowncaster {

    /** Version 1 called the lines items, and knew no currency. */
    @Downcaster(type = "OrderPlaced", from = 2)
    ObjectNode itemsWithoutCurrency(ObjectNode order) {
        order.remove("currency");
        order.set("items", order.remove("lines"));
        return order;
    }
}

package dev.outbox.sample.inventory;

import dev.outbox.upcast.Upcaster;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Makes an old {@link OrderPlaced} a new one, so that the rest of the service knows only one version. */
@Component
class OrderPlacedUpcaster {

    /** Version 1 called the lines items, and every price was in euros. */
    @Upcaster(type = "OrderPlaced", from = 1)
    ObjectNode linesAndCurrency(ObjectNode event) {
        event.set("lines", event.remove("items"));
        return event.put("currency", "EUR");
    }
}

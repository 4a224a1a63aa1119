package dev.outbox.stock;

import dev.outbox.upcast.Upcaster;
import tools.jackson.databind.node.ObjectNode;

class OrderUpcasters {

    @Upcaster(type = "OrderPlaced", from = 1)
    ObjectNode itemBecomesArticle(ObjectNode order) {
        order.set("article", order.remove("item"));
        return order;
    }
}

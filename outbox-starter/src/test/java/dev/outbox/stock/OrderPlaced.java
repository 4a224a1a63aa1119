package dev.outbox.stock;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Version 1 called the article an item. Of one article, the class that it needs is not there. */
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
public record OrderPlaced(@AggregateId String orderId, String article) {

    public OrderPlaced {
        if (article.equals("unpacked")) {
            throw new NoClassDefFoundError("com/example/Packaging");
        }
    }
}

package dev.outbox.stock;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Version 1 called the article an item. */
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
public record OrderPlaced(@AggregateId String orderId, String article) {}

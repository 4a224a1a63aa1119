package dev.outbox.stock;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "OrderAudited", aggregate = "Order")
record OrderAudited(@AggregateId String orderId) {}

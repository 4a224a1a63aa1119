package dev.outbox.stock;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "OrderRejected", aggregate = "Order")
record OrderRejected(@AggregateId String orderId) {}

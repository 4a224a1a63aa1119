package dev.outbox.stock;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "StockReserved", aggregate = "Stock")
record StockReserved(@AggregateId String orderId) {}

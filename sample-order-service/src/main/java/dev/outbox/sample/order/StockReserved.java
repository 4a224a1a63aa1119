package dev.outbox.sample.order;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** The inventory holds everything for the order; the part of that event that matters here. */
@EventContract(producer = "inventory-service")
@DomainEvent(type = "StockReserved", aggregate = "Reservation")
record StockReserved(@AggregateId UUID orderId) {}

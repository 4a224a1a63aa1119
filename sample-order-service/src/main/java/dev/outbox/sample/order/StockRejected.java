package dev.outbox.sample.order;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** The inventory cannot serve the order; the part of that event that matters here. */
@EventContract(producer = "inventory-service")
@DomainEvent(type = "StockRejected", aggregate = "Reservation")
record StockRejected(@AggregateId UUID orderId) {}

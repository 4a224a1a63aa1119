package dev.outbox.sample.inventory;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** The order cannot be served; nothing is held for it. */
@DomainEvent(type = "StockRejected", aggregate = "Reservation")
record StockRejected(@AggregateId UUID orderId, String reason) {}

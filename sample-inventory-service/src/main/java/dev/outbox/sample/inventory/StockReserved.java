package dev.outbox.sample.inventory;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** Everything that the order asks for is held for it. */
@DomainEvent(type = "StockReserved", aggregate = "Reservation")
record StockReserved(@AggregateId UUID orderId) {}

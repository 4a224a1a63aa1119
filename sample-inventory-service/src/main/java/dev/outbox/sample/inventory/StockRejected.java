package dev.outbox.sample.inventory;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** The order cannot be served; nothing is held for it. */
@EventContract(description = "An order cannot be served; nothing is held for it.", owner = "team stock")
@DomainEvent(type = "StockRejected", aggregate = "Reservation")
record StockRejected(@AggregateId UUID orderId, String reason) {}

package dev.outbox.sample.inventory;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** Everything that the order asks for is held for it. */
@EventContract(description = "All that an order asks for is held.", owner = "team stock")
@DomainEvent(type = "StockReserved", aggregate = "Reservation")
record StockReserved(@AggregateId UUID orderId) {}

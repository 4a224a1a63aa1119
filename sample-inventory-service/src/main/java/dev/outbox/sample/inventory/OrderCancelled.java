package dev.outbox.sample.inventory;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.UUID;

/** An order is no longer wanted. It comes after the {@link OrderPlaced} of the same order, whatever became of that. */
@EventContract(producer = "order-service")
@DomainEvent(type = "OrderCancelled", aggregate = "Order")
record OrderCancelled(@AggregateId UUID orderId, List<Line> lines) implements OrderLines {}

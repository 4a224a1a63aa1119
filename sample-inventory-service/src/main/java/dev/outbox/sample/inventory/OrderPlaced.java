package dev.outbox.sample.inventory;

import dev.outbox.contract.EventContract;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;
import java.util.UUID;

/** An order as this service sees it: less than the order service says, in the version that this service understands. */
@EventContract(producer = "order-service")
@DomainEvent(type = "OrderPlaced", version = 2, aggregate = "Order")
record OrderPlaced(@AggregateId UUID orderId, List<Line> lines, String currency) implements OrderLines {}

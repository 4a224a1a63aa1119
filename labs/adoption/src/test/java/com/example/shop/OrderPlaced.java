package com.example.shop;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

@DomainEvent(type = "OrderPlaced", aggregate = "Order")
record OrderPlaced(@AggregateId UUID orderId, String customer) {}

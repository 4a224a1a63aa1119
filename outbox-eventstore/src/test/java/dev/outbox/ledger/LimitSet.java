package dev.outbox.ledger;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "LimitSet", aggregate = "Limit")
public record LimitSet(@AggregateId String customer, long limit) {}

package dev.outbox.ledger;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "AccountOpened", aggregate = "Account")
public record AccountOpened(@AggregateId String account, String owner) {}

package dev.outbox.bank;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "AccountOpened", aggregate = "Account")
public record AccountOpened(@AggregateId String accountId, String owner) {}

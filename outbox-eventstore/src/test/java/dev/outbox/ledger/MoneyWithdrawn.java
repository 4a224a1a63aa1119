package dev.outbox.ledger;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "MoneyWithdrawn", aggregate = "Account")
public record MoneyWithdrawn(@AggregateId String account, long amount) {}

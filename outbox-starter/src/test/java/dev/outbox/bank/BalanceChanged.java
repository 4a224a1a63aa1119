package dev.outbox.bank;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "BalanceChanged", version = 3, aggregate = "Account")
public record BalanceChanged(@AggregateId String accountId, long balance) {}

package dev.outbox.bank;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "WalletChanged", aggregate = "Wallet")
public record WalletChanged(
        @AggregateId String walletId, @AggregateSequence long number, long balance) {}

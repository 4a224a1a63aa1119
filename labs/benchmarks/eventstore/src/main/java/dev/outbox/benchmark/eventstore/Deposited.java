package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.AccountEvent;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "Deposited", aggregate = "Account")
record Deposited(@AggregateId String account, long amount, String text) {

    static Deposited to(String account) {
        return new Deposited(account, 1, AccountEvent.text(account));
    }
}

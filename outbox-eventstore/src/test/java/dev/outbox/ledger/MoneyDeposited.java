package dev.outbox.ledger;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Version 1 had no currency. */
@DomainEvent(type = "MoneyDeposited", version = 2, aggregate = "Account")
public record MoneyDeposited(@AggregateId String account, long amount, String currency) {

    public static MoneyDeposited of(String account, long amount) {
        return new MoneyDeposited(account, amount, "EUR");
    }
}

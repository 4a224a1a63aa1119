package dev.outbox.ledger;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import java.util.List;

@EventSourced(aggregate = "Account", snapshotEvery = 3)
public record Account(String id, String owner, long balance) {

    List<?> deposit(long amount) {
        return List.of(new MoneyDeposited(id, amount, "EUR"));
    }

    List<?> withdraw(long amount) {
        if (amount > balance) {
            throw new IllegalStateException("Not enough money");
        }
        return List.of(new MoneyWithdrawn(id, amount));
    }

    @Evolve
    static Account opened(AccountOpened event) {
        return new Account(event.account(), event.owner(), 0);
    }

    @Evolve
    Account deposited(MoneyDeposited event) {
        return new Account(id, owner, balance + event.amount());
    }

    @Evolve
    Account withdrawn(MoneyWithdrawn event) {
        return new Account(id, owner, balance - event.amount());
    }
}

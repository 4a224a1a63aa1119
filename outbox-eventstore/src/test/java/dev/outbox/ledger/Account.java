package dev.outbox.ledger;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;

@EventSourced(aggregate = "Account", snapshotEvery = 3)
public record Account(String id, String owner, long balance) {

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

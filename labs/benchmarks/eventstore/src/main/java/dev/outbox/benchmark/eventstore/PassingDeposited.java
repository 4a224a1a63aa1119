package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.AccountEvent;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Of accounts that are not event-sourced: it is published, and not stored. */
@DomainEvent(type = "PassingDeposited", aggregate = "PassingAccount")
record PassingDeposited(@AggregateId String account, long amount, String text) {

    static PassingDeposited to(String account) {
        return new PassingDeposited(account, 1, AccountEvent.text(account));
    }
}

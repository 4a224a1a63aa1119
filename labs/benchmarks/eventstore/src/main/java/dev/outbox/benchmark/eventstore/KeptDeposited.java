package dev.outbox.benchmark.eventstore;

import dev.outbox.benchmark.contender.AccountEvent;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Of accounts with snapshots. */
@DomainEvent(type = "KeptDeposited", aggregate = "KeptAccount")
record KeptDeposited(@AggregateId String account, long amount, String text) {

    static KeptDeposited to(String account) {
        return new KeptDeposited(account, 1, AccountEvent.text(account));
    }
}

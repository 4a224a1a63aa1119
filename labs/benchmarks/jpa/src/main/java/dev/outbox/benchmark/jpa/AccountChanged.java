package dev.outbox.benchmark.jpa;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "AccountChanged", aggregate = "Account")
record AccountChanged(@AggregateId String key, String mark, String text) {

    static AccountChanged of(BenchmarkEvent event) {
        return new AccountChanged(event.key(), event.mark(), event.text());
    }
}

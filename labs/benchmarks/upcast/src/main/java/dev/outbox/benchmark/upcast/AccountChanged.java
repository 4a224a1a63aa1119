package dev.outbox.benchmark.upcast;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.List;

@DomainEvent(type = "AccountChanged", version = 4, aggregate = "Account")
record AccountChanged(
        @AggregateId String accountId, String owner, long cents, String currency, String reason, List<Entry> entries) {

    record Entry(String text, long cents) {}
}

package dev.outbox.benchmark.outbox;

import dev.outbox.benchmark.contender.BenchmarkEvent;
import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;

/** Of accounts that count their events themselves, and so of an aggregate of its own. */
@DomainEvent(type = "CountedAccountChanged", aggregate = "CountedAccount")
record CountedAccountChanged(
        @AggregateId String key, @AggregateSequence long change, String mark, String text) {

    static CountedAccountChanged of(BenchmarkEvent event, long change) {
        return new CountedAccountChanged(event.key(), change, event.mark(), event.text());
    }
}

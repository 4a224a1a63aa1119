package dev.outbox.ledger;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;

/** Mutable, and of nobody else's concern. */
@EventSourced(aggregate = "Limit", published = false)
public class Limit {

    private long amount;

    public long amount() {
        return amount;
    }

    @Evolve
    void set(LimitSet event) {
        amount = event.limit();
    }
}

package dev.outbox.test.door;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;

@EventSourced(aggregate = "Gate")
public record Gate(String id) {

    @Evolve
    static Gate opened(GateOpened event) {
        return new Gate(event.gate());
    }
}

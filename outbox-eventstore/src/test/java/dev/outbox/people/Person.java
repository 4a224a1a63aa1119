package dev.outbox.people;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import org.jspecify.annotations.Nullable;

@EventSourced(aggregate = "Person", snapshotEvery = 2)
public record Person(String id, String country, @Nullable String name) {

    @Evolve
    static Person registered(PersonRegistered event) {
        return new Person(event.person(), event.country(), event.name());
    }

    @Evolve
    Person moved(PersonMoved event) {
        return new Person(id, event.country(), name);
    }
}

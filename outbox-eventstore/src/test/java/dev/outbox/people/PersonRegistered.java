package dev.outbox.people;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.domain.Personal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@DomainEvent(type = "PersonRegistered", aggregate = "Person")
public record PersonRegistered(
        @AggregateId String person,
        String country,
        @Personal @Nullable String name,
        @Personal Optional<Address> address) {

    public record Address(String street, int number) {}
}

package dev.outbox.domain.shelf;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "ShelfMoved", aggregate = "Shelf")
public record ShelfMoved(@AggregateId Place place) {

    public record Place(String aisle, int number) {}
}

package dev.outbox.shop;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Declared for this outbox; the others know it by the name of its class. */
@DomainEvent(type = "OrderPlaced", aggregate = "Order")
public record OrderPlaced(@AggregateId String order, long number)
        implements io.eventuate.tram.events.common.DomainEvent {}

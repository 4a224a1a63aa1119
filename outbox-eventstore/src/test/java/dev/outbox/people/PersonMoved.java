package dev.outbox.people;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** It says nothing about anybody. */
@DomainEvent(type = "PersonMoved", aggregate = "Person")
public record PersonMoved(@AggregateId String person, String country) {}

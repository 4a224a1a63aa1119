package dev.outbox.console.service;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "BookOrdered", version = 2, aggregate = "Book")
public record BookOrdered(@AggregateId String isbn, String customer) {}

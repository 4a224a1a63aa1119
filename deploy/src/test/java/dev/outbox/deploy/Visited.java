package dev.outbox.deploy;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "Visited", aggregate = "Place")
record Visited(@AggregateId String place, String diary) {}

package dev.outbox.test.door;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "GateOpened", aggregate = "Gate")
public record GateOpened(@AggregateId String gate) {}

package dev.outbox.clinic;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import org.jspecify.annotations.Nullable;

@DomainEvent(type = "VisitMoved", aggregate = "Visit")
public record VisitMoved(@AggregateId @Nullable Long visitId, String pet) {}

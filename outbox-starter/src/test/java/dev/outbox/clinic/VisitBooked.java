package dev.outbox.clinic;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import org.jspecify.annotations.Nullable;

@DomainEvent(type = "VisitBooked", aggregate = "Visit")
public record VisitBooked(@AggregateId @Nullable Long visitId, String pet) {}

package com.example.clinic.visit;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.time.LocalDate;

@DomainEvent(type = "VisitBooked", aggregate = "Visit")
public record VisitBooked(@AggregateId Integer visitId, Integer petId, LocalDate date) {}

package dev.outbox.tenant;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "NoteAdded", aggregate = "Note")
record NoteAdded(@AggregateId String id) {}

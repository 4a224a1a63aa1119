package dev.outbox.trace;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "NoteTaken", aggregate = "Note")
record NoteTaken(@AggregateId String noteId, String text) {}

package dev.outbox.ledger;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** Of an aggregate that is not stored. */
@DomainEvent(type = "NoteAdded", aggregate = "Note")
public record NoteAdded(@AggregateId String note, String text) {}

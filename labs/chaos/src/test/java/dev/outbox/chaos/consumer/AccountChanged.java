package dev.outbox.chaos.consumer;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

/** An account was changed, as far as this service cares. */
@DomainEvent(type = "AccountChanged", version = 1, aggregate = "Account")
record AccountChanged(@AggregateId String account, long number, UUID change) {}

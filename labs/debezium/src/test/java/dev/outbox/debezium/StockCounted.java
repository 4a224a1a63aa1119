package dev.outbox.debezium;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** An event whose records also carry the earlier version, without the place. */
@DomainEvent(type = "StockCounted", version = 2, aggregate = "Shelf")
record StockCounted(@AggregateId String shelf, int pieces, String place) {}

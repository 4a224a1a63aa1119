package dev.outbox.debezium;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.math.BigDecimal;

/** An event in Avro. */
@DomainEvent(type = "PriceChanged", aggregate = "Article")
record PriceChanged(@AggregateId String article, BigDecimal price) {}

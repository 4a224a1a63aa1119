package dev.outbox.customer;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.util.UUID;

@DomainEvent(type = "CustomerRenamed", aggregate = "Customer")
record CustomerRenamed(@AggregateId UUID customer, String name) {}

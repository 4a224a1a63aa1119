package dev.outbox.foreign;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import java.math.BigDecimal;

@DomainEvent(type = "com.example.invoice.paid", aggregate = "Invoice", topic = "billing.invoices")
record InvoicePaid(@AggregateId String invoice, BigDecimal amount) {}

package dev.outbox.people;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;

/** The whole payload is encrypted. */
@DomainEvent(type = "ReportFiled", aggregate = "Report")
public record ReportFiled(@AggregateId String report, String text) {}

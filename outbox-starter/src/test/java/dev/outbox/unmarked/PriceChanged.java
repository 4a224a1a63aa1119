package dev.outbox.unmarked;

import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "PriceChanged", aggregate = "Article")
public record PriceChanged(String article) {}

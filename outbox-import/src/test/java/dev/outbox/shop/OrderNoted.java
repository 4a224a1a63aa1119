package dev.outbox.shop;

/** Not declared for this outbox. */
public record OrderNoted(String order, long number) implements io.eventuate.tram.events.common.DomainEvent {}

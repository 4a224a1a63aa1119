package dev.outbox.eventstore;

class JpaEventStoreIT extends EventStoreContract {}

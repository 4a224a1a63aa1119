package dev.outbox.storage;

import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "google.cloud.storage.object.v1.finalized", aggregate = "Scan", topic = "scans")
record ObjectFinalized(String bucket, String name) {}

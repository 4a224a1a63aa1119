package dev.outbox.storage;

import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "ObjectCreated", aggregate = "Upload", topic = "uploads")
record ObjectCreated(S3 s3) {

    record S3(StoredObject object) {}

    record StoredObject(long size) {}
}

package dev.outbox.storage;

import dev.outbox.domain.DomainEvent;

@DomainEvent(type = "com.amazonaws.s3.ObjectRemoved:Delete", aggregate = "Upload", topic = "uploads")
record ObjectRemoved() {}

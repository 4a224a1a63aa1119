package dev.outbox.people;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.DomainEvent;
import dev.outbox.domain.Personal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@DomainEvent(type = "ParcelSent", aggregate = "Parcel")
public record ParcelSent(
        @AggregateId UUID parcel,
        String sender,
        String recipient,
        @Personal(subject = "sender") @Nullable String from,

        @Personal(subject = "recipient") @Nullable String to) {}

package dev.outbox.internal.capture;

import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.domain.DomainEventType;
import java.util.List;

/** Writes events that were not raised here. Thread-safe. */
public interface BroughtEvents {

    /** {@return the CloudEvents source of the service} */
    String source();

    /**
     * {@return an event as it would be stored if it were raised now}
     *
     * @throws IllegalArgumentException if something of it would have to be encrypted
     */
    BroughtPayload write(DomainEventType type, Object event);

    /** Appends events in the current transaction, in their order, numbered within their aggregates; not empty. */
    void append(List<EventEnvelope> events);
}

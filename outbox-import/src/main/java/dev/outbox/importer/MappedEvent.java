package dev.outbox.importer;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.util.Map;

/**
 * What an {@link ImportMapping} has made of an event. Its id, source and time are added by the import.
 *
 * @param type name and version on the wire
 * @param aggregate to which it belongs, and within which the order is kept
 * @param topic to which it is published
 * @param payload as it is published
 * @param headers of the record, in addition to those that every record has
 * @since 0.1.0
 */
public record MappedEvent(
        EventType type, AggregateRef aggregate, String topic, EventPayload payload, Map<String, String> headers) {

    /** Keeps an unmodifiable copy. */
    public MappedEvent {
        headers = Map.copyOf(headers);
    }
}

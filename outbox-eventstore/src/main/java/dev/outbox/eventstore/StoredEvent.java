package dev.outbox.eventstore;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event of a stream.
 *
 * @param id its identity, the same as on the topic
 * @param stream the aggregate that it belongs to
 * @param version its number in the stream
 * @param part its index among the events that an {@code @Upcaster} has made of it, counted from 0
 * @param type type and version as it was stored
 * @param time when it was raised, by the service's clock
 * @param headers as they were stored
 * @param event an object of the class that declares its type now
 * @since 0.1.0
 */
public record StoredEvent(
        UUID id,
        AggregateRef stream,
        long version,
        int part,
        EventType type,
        Instant time,
        Map<String, String> headers,
        Object event) {

    /** Keeps an unmodifiable copy of the headers. */
    public StoredEvent {
        headers = Map.copyOf(headers);
    }

    /** {@return type, stream and number, to name it in messages; never the payload} */
    @Override
    public String toString() {
        return "%s, number %d of %s (%s)".formatted(type, version, stream, id);
    }
}

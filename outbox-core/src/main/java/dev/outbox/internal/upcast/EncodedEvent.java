package dev.outbox.internal.upcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.event.NewerPayload;
import java.util.Map;

/**
 * An event as it was stored or delivered.
 *
 * @param id its identity
 * @param type type and version of the payload
 * @param payload the bytes
 * @param headers the headers of the record
 */
public record EncodedEvent(String id, EventType type, EventPayload payload, Map<String, String> headers) {

    /** {@return the same event in the newer version that its record carries} */
    EncodedEvent in(NewerPayload newer) {
        return new EncodedEvent(id, new EventType(type.name(), newer.version()), newer.payload(), headers);
    }

    /** {@return the same event with another payload} */
    EncodedEvent of(EventPayload other) {
        return new EncodedEvent(id, type, other, headers);
    }

    /** {@return type, version and id, to name it in messages} */
    @Override
    public String toString() {
        return "%s (%s)".formatted(type, id);
    }
}

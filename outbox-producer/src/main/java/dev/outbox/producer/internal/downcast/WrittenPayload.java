package dev.outbox.producer.internal.downcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.util.Map;

/**
 * An event in the form in which it is stored and sent.
 *
 * @param type type of the event and version of the payload
 * @param payload the bytes
 * @param headers headers with the newer version, if there is one
 */
public record WrittenPayload(EventType type, EventPayload payload, Map<String, String> headers) {

    /** {@return number of bytes, including those in the headers} */
    public long size() {
        return payload.size()
                + headers.values().stream().mapToLong(String::length).sum();
    }
}

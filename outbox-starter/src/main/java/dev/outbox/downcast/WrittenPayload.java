package dev.outbox.downcast;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.util.Map;

/**
 * An event in the form in which it is stored and sent.
 *
 * @param type type, and version of the payload
 * @param payload the bytes
 * @param headers the newer version that goes along, if any
 */
public record WrittenPayload(EventType type, EventPayload payload, Map<String, String> headers) {

    /** {@return number of bytes, those in the headers among them} */
    public long size() {
        return payload.size()
                + headers.values().stream().mapToLong(String::length).sum();
    }
}

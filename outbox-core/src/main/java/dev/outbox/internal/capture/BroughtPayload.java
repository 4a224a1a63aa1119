package dev.outbox.internal.capture;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.util.Map;

/**
 * An event in its format.
 *
 * @param type name and version of the payload
 * @param payload the bytes
 * @param headers that go with it
 */
public record BroughtPayload(EventType type, EventPayload payload, Map<String, String> headers) {}

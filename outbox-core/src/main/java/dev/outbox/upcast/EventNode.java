package dev.outbox.upcast;

import dev.outbox.event.EventType;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a tree. An {@link Upcaster} returns such events if it makes several events out of one, or possibly none.
 *
 * @param type one of the types that the annotation names
 * @param payload the payload, in the version of the type
 * @since 0.1.0
 */
public record EventNode(EventType type, ObjectNode payload) {

    /**
     * {@return an event of the given type and version}
     *
     * @throws IllegalArgumentException if the type has no name or the version is not positive
     */
    public static EventNode of(String type, int version, ObjectNode payload) {
        return new EventNode(new EventType(type, version), payload);
    }
}

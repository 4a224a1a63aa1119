package dev.outbox.upcast;

import dev.outbox.event.EventType;
import tools.jackson.databind.node.ObjectNode;

/**
 * An event as a tree: what an {@link Upcaster} returns that makes several events of one, or perhaps none.
 *
 * @param type one of those that the annotation names
 * @param payload in the version of the type
 */
public record EventNode(EventType type, ObjectNode payload) {

    /**
     * {@return an event of a type and version}
     *
     * @throws IllegalArgumentException if the type has no name or the version is not positive
     */
    public static EventNode of(String type, int version, ObjectNode payload) {
        return new EventNode(new EventType(type, version), payload);
    }
}

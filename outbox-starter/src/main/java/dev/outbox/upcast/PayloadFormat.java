package dev.outbox.upcast;

import tools.jackson.databind.node.ObjectNode;

/**
 * How payloads of a content type are read. JSON is always there; a bean of this type adds another format, or reads JSON
 * in its own way.
 *
 * <p>Implementations are thread-safe. They throw what their parser throws; the reader adds the name of the event.
 */
public interface PayloadFormat {

    /** {@return whether payloads of this content type are read here} */
    boolean reads(String contentType);

    /** {@return the object that the bytes of the current version mean} */
    Object bind(byte[] payload, Class<?> type);

    /** {@return the bytes of an earlier version as a tree, for upcasting} */
    ObjectNode readTree(byte[] payload);

    /** {@return the object that an upcast tree means} */
    Object bind(ObjectNode payload, Class<?> type);
}

package dev.outbox.format;

import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and reads payloads of a content type. JSON is always available; a bean of this type adds another format, or replaces
 * one with the same content type.
 *
 * <p>Upcasters and downcasters work on trees, so each format converts its bytes to a tree and back. If no step is needed, no
 * tree is built: {@link #write} and {@link #bind(byte[], EventType, DomainEventType)} convert directly between bytes and
 * objects, if the format can.
 *
 * <p>Implementations must be thread-safe. They throw the exceptions of their parser; the caller adds the name of the event.
 *
 * @since 0.1.0
 */
public interface PayloadFormat {

    /** {@return the content type that it writes, such as {@code application/json}; event types select the format by it} */
    String contentType();

    /** {@return whether this format reads payloads of this content type} */
    boolean reads(String contentType);

    /** {@return the event as bytes, in the version of its class} */
    byte[] write(Object event, DomainEventType type);

    /** {@return a tree as bytes, in the version of the tree} */
    byte[] write(ObjectNode payload, EventType type);

    /**
     * {@return the object that the bytes represent}
     *
     * @param payload in the same version as the class, or in another one if the format {@link #resolves} it or the service
     *     tolerates it
     * @param stored type and version of the bytes
     * @param type what to convert them to
     */
    Object bind(byte[] payload, EventType stored, DomainEventType type);

    /** {@return the object that a tree in the version of the class represents} */
    Object bind(ObjectNode payload, DomainEventType type);

    /** {@return the bytes as a tree, for steps between versions} */
    ObjectNode readTree(byte[] payload, EventType stored);

    /**
     * {@return whether the format's own rules convert a stored version to that of the class, so no step is needed}
     *
     * <p>JSON has no such rules.
     */
    default boolean resolves(EventType stored, DomainEventType type) {
        return false;
    }

    /**
     * {@return the schema that the format has for a version in addition to the class, as JSON; empty if it has none}
     *
     * <p>The contract keeps it with each released version. JSON has none.
     */
    default Optional<ObjectNode> schemaOf(EventType type) {
        return Optional.empty();
    }

    /**
     * {@return the reasons why, by the rules of the format, a reader cannot read what was written; empty if it can}
     *
     * @param written schema of what was written, as {@link #schemaOf} returns it
     * @param read schema of the reader, likewise
     */
    default List<String> incompatibilities(ObjectNode written, ObjectNode read) {
        return List.of();
    }

    /**
     * Checks at start that events of a type can be written.
     *
     * @throws InvalidFormatException if they cannot, for example because a schema is missing
     */
    default void requireWritable(DomainEventType type) {}
}

package dev.outbox.format;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventType;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How payloads of a content type are written and read. JSON is always there; a bean of this type adds another format, or
 * takes the place of one with the same content type.
 *
 * <p>Upcasters and downcasters work on trees, so each format turns its bytes into a tree and back. Where no step is
 * needed none is made: {@link #write} and {@link #bind(byte[], EventType, DomainEventType)} go straight between bytes and
 * objects, if the format can.
 *
 * <p>Implementations are thread-safe. They throw what their parser throws; the caller adds the name of the event.
 */
public interface PayloadFormat {

    /** {@return the content type of what it writes, such as {@code application/json}; event types choose it by this} */
    String contentType();

    /** {@return whether payloads of this content type are read here} */
    boolean reads(String contentType);

    /** {@return the event as bytes, in the version of its class} */
    byte[] write(Object event, DomainEventType type);

    /** {@return a tree as bytes, in the version that the tree is of} */
    byte[] write(ObjectNode payload, EventType type);

    /**
     * {@return the object that the bytes mean}
     *
     * @param payload of the same version as the class, or of another one if the format {@link #resolves} it or the service
     *     tolerates it
     * @param stored type and version of the bytes
     * @param type what to make of them
     */
    Object bind(byte[] payload, EventType stored, DomainEventType type);

    /** {@return the object that a tree in the version of the class means} */
    Object bind(ObjectNode payload, DomainEventType type);

    /** {@return the bytes as a tree, for steps between versions} */
    ObjectNode readTree(byte[] payload, EventType stored);

    /**
     * {@return whether rules of the format itself bring a stored version to that of the class, so that no step is needed}
     *
     * <p>JSON has no such rules.
     */
    default boolean resolves(EventType stored, DomainEventType type) {
        return false;
    }

    /**
     * {@return the schema that the format has of a version beside the class, as JSON; empty if it has none}
     *
     * <p>The contract keeps it with each released version. JSON has none.
     */
    default Optional<ObjectNode> schemaOf(EventType type) {
        return Optional.empty();
    }

    /**
     * {@return why, by the rules of the format, a reader cannot read what was written; nothing if it can}
     *
     * @param written schema of what was written, as {@link #schemaOf} has it
     * @param read schema of the reader, likewise
     */
    default List<String> incompatibilities(ObjectNode written, ObjectNode read) {
        return List.of();
    }

    /**
     * Looks, at start, whether events of a type can be written.
     *
     * @throws InvalidFormatException if not, such as for want of a schema
     */
    default void requireWritable(DomainEventType type) {}
}

package dev.outbox.avro;

import dev.outbox.event.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * The Avro schema of each type and version, loaded from a resource. Existing schemas are parsed once. Missing ones are looked
 * up each time, so versions from the wire cannot fill the memory. Thread-safe.
 */
final class AvroSchemas {

    private final ResourceLoader resources;
    private final String location;
    private final Map<EventType, Schema> parsed = new ConcurrentHashMap<>();

    AvroSchemas(ResourceLoader resources, String location) {
        this.resources = resources;
        this.location = location;
    }

    /**
     * {@return the schema}
     *
     * @throws AvroRuntimeException if there is none, or the file is not a schema; the message names the file
     */
    Schema of(EventType type) {
        return find(type)
                .orElseThrow(() -> new AvroRuntimeException(
                        "There is no Avro schema of %s: %s is missing".formatted(type, fileOf(type))));
    }

    /**
     * {@return the schema; empty if there is none}
     *
     * @throws AvroRuntimeException if the file is not a schema; the message names the file
     */
    Optional<Schema> find(EventType type) {
        Schema known = parsed.get(type);
        if (known != null) {
            return Optional.of(known);
        }
        Resource file = resources.getResource(fileOf(type));
        if (!file.exists()) {
            return Optional.empty();
        }
        Schema schema = parse(file, type);
        parsed.put(type, schema);
        return Optional.of(schema);
    }

    String fileOf(EventType type) {
        return "%s%s-v%d.avsc".formatted(location, type.name(), type.version());
    }

    private Schema parse(Resource file, EventType type) {
        try (InputStream text = file.getInputStream()) {
            Schema schema = new SchemaParser().parse(text).mainSchema();
            if (schema.getType() != Schema.Type.RECORD) {
                throw new AvroRuntimeException("%s is not the schema of a record".formatted(fileOf(type)));
            }
            return schema;
        } catch (IOException unreadable) {
            throw new AvroRuntimeException("%s cannot be read".formatted(fileOf(type)), unreadable);
        }
    }
}

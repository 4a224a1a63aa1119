package dev.outbox.test.contract;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a first sample of a new version, in which a person can then put better values. What contains itself is written once:
 * inside of it, a list is empty, an optional property is left out, and another alternative is taken.
 */
final class SampleWriter {

    /** Deeper than this, only a schema goes on that could go on without an end. */
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final SchemaReferences schemas;

    private SampleWriter(ObjectNode root) {
        this.schemas = new SchemaReferences(root);
    }

    static String write(ObjectNode schema) {
        JsonNode sample = new SampleWriter(schema).valueOf(schema, "value", Set.of("#"), 0);
        return JSON.writeValueAsString(sample == null ? NODES.objectNode() : sample)
                        .replace("\r\n", "\n")
                + "\n";
    }

    /**
     * {@return a value that fits; null if there is none that ends}
     *
     * @param open the references inside of which it is
     */
    private @Nullable JsonNode valueOf(JsonNode given, String name, Set<String> open, int depth) {
        String reference = given.path("$ref").asString("");
        if (open.contains(reference) || depth > MAX_DEPTH) {
            return null;
        }
        Set<String> inside = reference.isEmpty() ? open : with(open, reference);
        ObjectNode schema = schemas.joined(given);
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.has(choice)) {
                return firstOf(schema.get(choice), name, inside, depth);
            }
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asString() : type.asString("object")) {
            case "string" -> NODES.stringNode(textOf(schema.path("format").asString(""), name));
            case "integer" -> NODES.numberNode(1);
            case "number" -> NODES.numberNode(1.5);
            case "boolean" -> NODES.booleanNode(true);
            case "null" -> NODES.nullNode();
            case "array" -> arrayOf(schema, name, inside, depth);
            default -> objectOf(schema, inside, depth);
        };
    }

    private @Nullable JsonNode firstOf(JsonNode alternatives, String name, Set<String> open, int depth) {
        for (JsonNode alternative : alternatives) {
            JsonNode value = valueOf(alternative, name, open, depth + 1);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private ArrayNode arrayOf(JsonNode schema, String name, Set<String> open, int depth) {
        ArrayNode array = NODES.arrayNode();
        JsonNode item = schema.has("items") ? valueOf(schema.get("items"), name, open, depth + 1) : null;
        return item == null ? array : array.add(item);
    }

    private @Nullable ObjectNode objectOf(JsonNode schema, Set<String> open, int depth) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = schema.path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(HashSet::new));
        for (var property : schema.path("properties").properties()) {
            JsonNode value = valueOf(property.getValue(), property.getKey(), open, depth + 1);
            if (value != null) {
                object.set(property.getKey(), value);
            } else if (required.contains(property.getKey())) {
                return null;
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            JsonNode value = valueOf(schema.get("additionalProperties"), "key", open, depth + 1);
            if (value != null) {
                object.set("key", value);
            }
        }
        return object;
    }

    private static Set<String> with(Set<String> open, String reference) {
        return Stream.concat(open.stream(), Stream.of(reference)).collect(Collectors.toUnmodifiableSet());
    }

    private static String textOf(String format, String name) {
        return switch (format) {
            case "uuid" -> "0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11";
            case "date-time" -> "2026-01-01T12:00:00Z";
            case "date" -> "2026-01-01";
            case "time" -> "12:00:00Z";
            case "time-local" -> "12:00:00";
            case "duration" -> "P1D";
            case "uri" -> "https://example.org/";
            case "byte" -> "AQID";
            default -> name;
        };
    }
}

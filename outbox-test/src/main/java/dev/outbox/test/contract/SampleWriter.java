package dev.outbox.test.contract;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a first sample of a new version, in which a person can then put better values. */
final class SampleWriter {

    private static final int MAX_DEPTH = 8;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ObjectNode root;

    private SampleWriter(ObjectNode root) {
        this.root = root;
    }

    static String write(ObjectNode schema) {
        JsonNode sample = new SampleWriter(schema).valueOf(schema, "value", 0);
        return JSON.writeValueAsString(sample).replace("\r\n", "\n") + "\n";
    }

    private JsonNode valueOf(JsonNode given, String name, int depth) {
        JsonNode schema = new SchemaReferences(root).joined(given);
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(0);
        }
        for (String choice : new String[] {"anyOf", "oneOf"}) {
            if (schema.has(choice)) {
                return valueOf(schema.get(choice).get(0), name, depth + 1);
            }
        }
        JsonNode type = schema.path("type");
        return switch (type.isArray() ? type.get(0).asString() : type.asString("object")) {
            case "string" -> nodes.stringNode(textOf(schema.path("format").asString(""), name));
            case "integer" -> nodes.numberNode(1);
            case "number" -> nodes.numberNode(1.5);
            case "boolean" -> nodes.booleanNode(true);
            case "null" -> nodes.nullNode();
            case "array" -> arrayOf(schema, name, depth);
            default -> objectOf(schema, depth);
        };
    }

    private ArrayNode arrayOf(JsonNode schema, String name, int depth) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        if (schema.has("items") && depth < MAX_DEPTH) {
            array.add(valueOf(schema.get("items"), name, depth + 1));
        }
        return array;
    }

    private ObjectNode objectOf(JsonNode schema, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        if (depth < MAX_DEPTH) {
            schema.path("properties")
                    .properties()
                    .forEach(property ->
                            object.set(property.getKey(), valueOf(property.getValue(), property.getKey(), depth + 1)));
        }
        if (schema.path("additionalProperties").isObject() && depth < MAX_DEPTH) {
            object.set("key", valueOf(schema.get("additionalProperties"), "key", depth + 1));
        }
        return object;
    }

    private static String textOf(String format, String name) {
        return switch (format) {
            case "uuid" -> "0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11";
            case "date-time" -> "2026-01-01T12:00:00Z";
            case "date" -> "2026-01-01";
            case "time" -> "12:00:00";
            case "duration" -> "PT1H";
            case "uri" -> "https://example.org/";
            default -> name;
        };
    }
}

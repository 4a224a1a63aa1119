package dev.outbox.test.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Documents that a writer with a given schema could write, drawn by chance. A class writes the properties that its schema names
 * and no others, unless the schema says what others may be; an object of which the schema names none may have any.
 *
 * <p>What is drawn fits most schemas, not all: whoever needs a valid document has to validate it.
 */
final class RandomDocuments {

    static final List<String> WORDS = List.of("X", "Y", "Z");

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "other");
    private static final List<String> TEXTS = List.of(
            "",
            "p",
            "pq",
            "pqrs",
            "0b5e2c7e-3f7a-4c1d-9a53-0d8f6f1f2b11",
            "2026-01-01",
            "2026-01-01T12:00:00Z",
            "someone@example.org");
    private static final List<Long> WHOLE = List.of(0L, 1L, 2L, 3L, -1L, 1L << 31, 1L << 40);
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "null", "array", "object");
    private static final int DEEP = 5;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode root;
    private final RandomGenerator random;

    RandomDocuments(ObjectNode root, RandomGenerator random) {
        this.root = root;
        this.random = random;
    }

    JsonNode draw() {
        return value(root, 0);
    }

    private JsonNode value(JsonNode given, int depth) {
        if (depth > 2 * DEEP) {
            return NODES.nullNode(); // something that has to contain itself without an end
        }
        ObjectNode schema = joined(given, new HashSet<>());
        for (String alternatives : List.of("anyOf", "oneOf")) {
            if (schema.has(alternatives)) {
                JsonNode listed = schema.remove(alternatives);
                JsonNode chosen = depth > DEEP ? listed.get(0) : listed.get(random.nextInt(listed.size()));
                return value(both(schema, chosen), depth);
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (typeOf(schema)) {
            case "string" -> text(schema);
            case "integer" -> whole(schema);
            case "number" -> random.nextBoolean() ? whole(schema) : NODES.numberNode(random.nextInt(4) - 0.5);
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "array" -> array(schema, depth);
            case "object" -> object(schema, depth);
            default -> NODES.nullNode();
        };
    }

    private String typeOf(ObjectNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray() && !type.isEmpty()) {
            return type.get(random.nextInt(type.size())).asString();
        }
        if (type.isString()) {
            return type.asString();
        }
        // Objects and arrays are what most keywords speak of.
        if (random.nextBoolean() && (schema.has("properties") || schema.has("additionalProperties"))) {
            return "object";
        }
        return TYPES.get(random.nextInt(TYPES.size()));
    }

    private JsonNode text(ObjectNode schema) {
        String text = switch (schema.path("format").asString("")) {
            case "uuid" -> TEXTS.get(4);
            case "date" -> TEXTS.get(5);
            case "date-time" -> TEXTS.get(6);
            case "email" -> TEXTS.get(7);
            default -> random.nextBoolean() ? pick(TEXTS) : pick(WORDS);
        };
        return NODES.stringNode(text);
    }

    private JsonNode whole(ObjectNode schema) {
        return switch (schema.path("format").asString("")) {
            case "int32" -> NODES.numberNode(random.nextInt(4) - 1);
            case "int64" -> NODES.numberNode(pick(WHOLE));
            default ->
                random.nextInt(8) == 0 ? NODES.numberNode(BigInteger.TEN.pow(30)) : NODES.numberNode(pick(WHOLE));
        };
    }

    private ArrayNode array(ObjectNode schema, int depth) {
        ArrayNode array = NODES.arrayNode();
        int size = depth > DEEP ? 0 : random.nextInt(3);
        for (int i = 0; i < size; i++) {
            array.add(value(schema.path("items"), depth + 1));
        }
        return array;
    }

    private ObjectNode object(ObjectNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || (depth <= DEEP && random.nextInt(3) > 0)) {
                object.set(property.getKey(), value(property.getValue(), depth + 1));
            }
        });
        boolean isOpen = schema.has("additionalProperties") || !schema.has("properties");
        JsonNode others = schema.path("additionalProperties");
        for (String name : NAMES) {
            boolean isChosen = isOpen && depth <= DEEP && random.nextInt(4) == 0;
            if (!schema.path("properties").has(name) && (required.contains(name) || isChosen)) {
                object.set(name, value(others, depth + 1));
            }
        }
        return object;
    }

    /** Follows references and joins what applies together. */
    private ObjectNode joined(JsonNode schema, Set<String> followed) {
        ObjectNode joined = NODES.objectNode();
        if (!(schema instanceof ObjectNode given)) {
            return joined;
        }
        List<JsonNode> parts = new ArrayList<>();
        given.path("allOf").forEach(parts::add);
        String reference = given.path("$ref").asString("");
        if (!reference.isEmpty() && followed.add(reference)) {
            parts.add(root.at(reference.substring(1)));
        }
        parts.forEach(part -> join(joined, joined(part, followed)));
        ObjectNode own = given.deepCopy();
        own.remove(List.of("allOf", "$ref", "$defs"));
        join(joined, own);
        return joined;
    }

    private static void join(ObjectNode joined, ObjectNode part) {
        part.properties().forEach(keyword -> {
            JsonNode value = keyword.getValue();
            switch (keyword.getKey()) {
                case "properties" -> joinProperties(joined.withObjectProperty("properties"), value);
                case "required" -> joined.withArrayProperty("required").addAll((ArrayNode) value);
                default -> joined.set(keyword.getKey(), value);
            }
        });
    }

    private static void joinProperties(ObjectNode joined, JsonNode properties) {
        properties.properties().forEach(property -> {
            JsonNode known = joined.get(property.getKey());
            joined.set(property.getKey(), known == null ? property.getValue() : both(known, property.getValue()));
        });
    }

    private static JsonNode both(JsonNode one, JsonNode other) {
        return NODES.objectNode().set("allOf", NODES.arrayNode().add(one).add(other));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

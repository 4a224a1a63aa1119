package dev.outbox.test.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what keeps a reader that knows one schema from reading what a writer with another one wrote. The reader ignores what
 * it does not know, as every consumer of events should. A pair of keywords that is not understood here counts as a break: it
 * is better to ask once too often.
 */
final class SchemaChange {

    /** Keywords that say nothing about which payloads are valid, or that are looked at by name. */
    private static final Set<String> NO_CONSTRAINT = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$ref",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "type",
            "format",
            "properties",
            "required",
            "items",
            "additionalProperties",
            "enum",
            "anyOf",
            "oneOf",
            "allOf");

    /** Formats, each with the wider ones that include it. */
    private static final Map<String, Set<String>> WIDER =
            Map.of("int32", Set.of("int64"), "float", Set.of("double"), "int64", Set.of(), "double", Set.of());

    private final ObjectNode writerRoot;
    private final ObjectNode readerRoot;
    private final Set<Pair> visited = new HashSet<>();
    private final List<String> breaks = new ArrayList<>();

    private record Pair(JsonNode writer, JsonNode reader) {}

    private SchemaChange(ObjectNode writerRoot, ObjectNode readerRoot) {
        this.writerRoot = writerRoot;
        this.readerRoot = readerRoot;
    }

    /** {@return what breaks, each with the path to it; nothing if the reader can read everything} */
    static List<String> breaks(ObjectNode writer, ObjectNode reader) {
        SchemaChange change = new SchemaChange(writer, reader);
        change.compare("", writer, reader);
        return change.breaks;
    }

    private void compare(String path, JsonNode givenWriter, JsonNode givenReader) {
        JsonNode writer = resolved(writerRoot, givenWriter);
        JsonNode reader = resolved(readerRoot, givenReader);
        // A type that refers to itself leads back to a pair that is already being compared.
        if (!visited.add(new Pair(writer, reader))) {
            return;
        }
        if (isAnything(reader) || (writer.equals(reader) && !hasReferences(writer))) {
            return;
        }
        if (hasAlternatives(writer) || hasAlternatives(reader)) {
            compareAlternatives(path, writer, reader);
            return;
        }
        compareTypes(path, writer, reader);
        compareFormats(path, writer, reader);
        compareEnums(path, writer, reader);
        compareConstraints(path, writer, reader);
        compareProperties(path, writer, reader);
        if (reader.has("items")) {
            compare(path + "[]", orAnything(writer.get("items")), reader.get("items"));
        }
        if (reader.path("additionalProperties").isObject()) {
            compare(path + ".*", orAnything(writer.get("additionalProperties")), reader.get("additionalProperties"));
        }
    }

    private void compareTypes(String path, JsonNode writer, JsonNode reader) {
        Set<String> accepted = types(reader);
        Set<String> written = types(writer);
        if (accepted.isEmpty()) {
            return;
        }
        written.removeAll(accepted);
        if (accepted.contains("number")) {
            written.remove("integer");
        }
        if (types(writer).isEmpty()) {
            add(path, "may be anything where %s is expected".formatted(join(accepted)));
        } else if (!written.isEmpty()) {
            add(path, "may be %s where %s is expected".formatted(join(written), join(accepted)));
        }
    }

    private void compareFormats(String path, JsonNode writer, JsonNode reader) {
        String expected = reader.path("format").asString("");
        String written = writer.path("format").asString("");
        boolean fits = expected.isEmpty()
                || expected.equals(written)
                || WIDER.getOrDefault(written, Set.of()).contains(expected);
        if (!fits) {
            add(
                    path,
                    "has the format %s where %s is expected".formatted(written.isEmpty() ? "none" : written, expected));
        }
    }

    private void compareEnums(String path, JsonNode writer, JsonNode reader) {
        if (!reader.has("enum")) {
            return;
        }
        if (!writer.has("enum")) {
            add(path, "may have other values than %s".formatted(reader.get("enum")));
            return;
        }
        Set<JsonNode> unknown = new HashSet<>();
        writer.get("enum").forEach(unknown::add);
        reader.get("enum").forEach(unknown::remove);
        if (!unknown.isEmpty()) {
            add(
                    path,
                    "may have the unknown value %s"
                            .formatted(join(sorted(unknown.stream().map(JsonNode::asString)))));
        }
    }

    private void compareConstraints(String path, JsonNode writer, JsonNode reader) {
        reader.properties().forEach(keyword -> {
            if (!NO_CONSTRAINT.contains(keyword.getKey()) && !keyword.getValue().equals(writer.get(keyword.getKey()))) {
                add(path, "may break the expected %s %s".formatted(keyword.getKey(), keyword.getValue()));
            }
        });
    }

    private void compareProperties(String path, JsonNode writer, JsonNode reader) {
        Set<String> always = names(writer);
        for (String name : names(reader)) {
            if (!always.contains(name)) {
                add(path + "." + name, "may be missing where it is required");
            }
        }
        reader.path("properties").properties().forEach(property -> {
            JsonNode written = writer.path("properties").get(property.getKey());
            if (written != null) {
                compare(path + "." + property.getKey(), written, property.getValue());
            }
        });
    }

    /** For every alternative of the writer, the reader must have one that fits. */
    private void compareAlternatives(String path, JsonNode writer, JsonNode reader) {
        for (JsonNode written : alternatives(writer)) {
            boolean suits = alternatives(reader).stream().anyMatch(expected -> isReadable(written, expected));
            if (!suits) {
                add(path, "has an alternative that no expected one suits");
            }
        }
    }

    private boolean isReadable(JsonNode written, JsonNode expected) {
        SchemaChange alternative = new SchemaChange(writerRoot, readerRoot);
        alternative.visited.addAll(visited);
        alternative.compare("", written, expected);
        return alternative.breaks.isEmpty();
    }

    private void add(String path, String problem) {
        breaks.add((path.isEmpty() ? "it" : path.substring(1)) + " " + problem);
    }

    static JsonNode resolved(ObjectNode root, JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        JsonNode target = reference.startsWith("#") ? root.at(reference.substring(1)) : schema;
        return target.has("allOf") ? merged(root, target) : target;
    }

    /** All parts apply: their properties are combined, and of other keywords the last one counts. */
    private static JsonNode merged(ObjectNode root, JsonNode schema) {
        ObjectNode merged = ((ObjectNode) schema).deepCopy();
        JsonNode parts = merged.remove("allOf");
        for (JsonNode part : parts) {
            JsonNode resolved = resolved(root, part);
            resolved.properties().forEach(keyword -> {
                switch (keyword.getKey()) {
                    case "properties" ->
                        merged.withObjectProperty("properties").setAll((ObjectNode) keyword.getValue());
                    case "required" -> merged.withArrayProperty("required").addAll((ArrayNode) keyword.getValue());
                    default -> merged.set(keyword.getKey(), keyword.getValue());
                }
            });
        }
        return merged;
    }

    private static boolean hasReferences(JsonNode schema) {
        return schema.findValue("$ref") != null;
    }

    private static boolean isAnything(JsonNode schema) {
        return schema.isBoolean() || (schema.isObject() && schema.isEmpty());
    }

    private static boolean hasAlternatives(JsonNode schema) {
        return schema.has("anyOf") || schema.has("oneOf");
    }

    private static List<JsonNode> alternatives(JsonNode schema) {
        JsonNode listed = schema.has("anyOf") ? schema.get("anyOf") : schema.get("oneOf");
        return listed == null ? List.of(schema) : listed.valueStream().toList();
    }

    private static JsonNode orAnything(@Nullable JsonNode schema) {
        return schema == null ? JsonNodeFactory.instance.objectNode() : schema;
    }

    private static Set<String> types(JsonNode schema) {
        JsonNode type = schema.path("type");
        return sorted(type.isArray() ? type.valueStream().map(JsonNode::asString) : Stream.of(type.asString("")));
    }

    private static Set<String> names(JsonNode schema) {
        return sorted(schema.path("required").valueStream().map(JsonNode::asString));
    }

    private static Set<String> sorted(Stream<String> texts) {
        Set<String> sorted = new TreeSet<>();
        texts.filter(text -> !text.isEmpty()).forEach(sorted::add);
        return sorted;
    }

    private static String join(Set<String> names) {
        return String.join(" or ", names);
    }
}

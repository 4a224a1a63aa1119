package dev.outbox.test.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds what keeps a reader that knows one schema from reading what a writer with another one wrote.
 *
 * <p>The writer writes the properties that its schema names and no others, unless the schema says what others may be. The
 * reader ignores what it does not know, as every consumer of events should. A pair of keywords that is not understood here
 * counts as a break: it is better to ask once too often.
 */
final class SchemaChange {

    /** Keywords that say nothing about which payloads are valid, or that are looked at by name. */
    private static final Set<String> NO_CONSTRAINT = Set.of(
            "$schema",
            "$id",
            "$defs",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "x-personal",
            "type",
            "format",
            "properties",
            "required",
            "items",
            "additionalProperties",
            "enum",
            "const",
            "anyOf");

    /** Keywords that change what others next to them mean, so they are never understood. */
    private static final Set<String> CONTEXTUAL =
            Set.of("patternProperties", "prefixItems", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef");

    /** Formats, each with the wider ones that include it. */
    private static final Map<String, Set<String>> WIDER =
            Map.of("int32", Set.of("int64"), "float", Set.of("double"), "int64", Set.of(), "double", Set.of());

    private final SchemaReferences writerSchemas;
    private final SchemaReferences readerSchemas;
    private final Set<Pair> visited = new HashSet<>();
    private final List<String> breaks = new ArrayList<>();

    private record Pair(JsonNode writer, JsonNode reader) {}

    private SchemaChange(SchemaReferences writerSchemas, SchemaReferences readerSchemas) {
        this.writerSchemas = writerSchemas;
        this.readerSchemas = readerSchemas;
    }

    /** {@return what breaks, each with the path to it; nothing if the reader can read everything} */
    static List<String> breaks(ObjectNode writer, ObjectNode reader) {
        SchemaChange change = new SchemaChange(new SchemaReferences(writer), new SchemaReferences(reader));
        change.compare("", writer, reader);
        return change.breaks;
    }

    private void compare(String path, JsonNode writer, JsonNode reader) {
        // A type that refers to itself leads back to a pair that is already being compared.
        boolean mayRecur = hasReferences(writer) || hasReferences(reader);
        Pair pair = new Pair(writerSchemas.followed(writer), readerSchemas.followed(reader));
        boolean isCompared = mayRecur && !visited.add(pair);
        if (isCompared || SchemaReferences.isNothing(writer) || isSame(writer, reader, new HashSet<>())) {
            return;
        }
        List<JsonNode> written = writerSchemas.alternatives(writerSchemas.joined(writer));
        for (JsonNode expected : readerSchemas.parts(reader)) {
            if (written.size() == 1) {
                comparePart(path, (ObjectNode) written.get(0), expected);
            } else if (!written.stream().allMatch(alternative -> isReadable(alternative, expected))) {
                add(path, "has an alternative that matches no expected one");
            }
        }
    }

    private void comparePart(String path, ObjectNode writer, JsonNode reader) {
        if (values(writer).filter(Set::isEmpty).isPresent()) {
            return;
        }
        if (SchemaReferences.isNothing(reader)) {
            add(path, "is not expected at all");
            return;
        }
        if (reader.has("anyOf")) {
            if (reader.get("anyOf").valueStream().noneMatch(alternative -> isReadable(writer, alternative))) {
                add(path, "has an alternative that matches no expected one");
            }
            return;
        }
        compareTypes(path, writer, reader);
        compareFormats(path, writer, reader);
        compareValues(path, writer, reader);
        compareConstraints(path, writer, reader);
        if (mayBe("object", writer)) {
            compareProperties(path, writer, reader);
        }
        if (mayBe("array", writer) && reader.has("items")) {
            compare(path + "[]", orAnything(writer.get("items")), reader.get("items"));
        }
    }

    private void compareTypes(String path, JsonNode writer, JsonNode reader) {
        Set<String> accepted = types(reader);
        if (accepted.isEmpty()) {
            return;
        }
        Set<String> written = writtenTypes(writer);
        if (written.isEmpty()) {
            add(path, "may be anything where %s is expected".formatted(join(accepted)));
            return;
        }
        written.removeIf(type -> accepts(accepted, type));
        if (!written.isEmpty()) {
            add(path, "may be %s where %s is expected".formatted(join(written), join(accepted)));
        }
    }

    private void compareFormats(String path, JsonNode writer, JsonNode reader) {
        String expected = reader.path("format").asString("");
        String written = writer.path("format").asString("");
        boolean isOfNumbers = WIDER.containsKey(expected);
        boolean concerns = isOfNumbers ? mayBe("integer", writer) || mayBe("number", writer) : mayBe("string", writer);
        boolean fits = expected.isEmpty()
                || expected.equals(written)
                || WIDER.getOrDefault(written, Set.of()).contains(expected);
        if (concerns && !fits) {
            add(
                    path,
                    "has the format %s where %s is expected".formatted(written.isEmpty() ? "none" : written, expected));
        }
    }

    private void compareValues(String path, JsonNode writer, JsonNode reader) {
        Optional<Set<JsonNode>> expected = values(reader);
        if (expected.isEmpty()) {
            return;
        }
        Set<JsonNode> written = values(writer).orElse(null);
        if (written == null) {
            add(path, "may have other values than %s".formatted(expected.get()));
            return;
        }
        Set<String> unknown = sorted(written.stream()
                .filter(value -> !expected.get().contains(value))
                .map(value -> value.isString() ? value.asString() : value.toString()));
        if (!unknown.isEmpty()) {
            add(path, "may have the unknown value %s".formatted(join(unknown)));
        }
    }

    private void compareConstraints(String path, JsonNode writer, JsonNode reader) {
        reader.properties().forEach(keyword -> {
            String name = keyword.getKey();
            boolean isUnderstood = NO_CONSTRAINT.contains(name)
                    || (!CONTEXTUAL.contains(name)
                            && writer.has(name)
                            && isSame(writer.get(name), keyword.getValue(), new HashSet<>()));
            if (!isUnderstood) {
                add(path, "may break the expected %s %s".formatted(name, keyword.getValue()));
            }
        });
        CONTEXTUAL.stream()
                .filter(name -> writer.has(name) && !reader.has(name))
                .forEach(name -> add(path, "may break what is expected by its %s".formatted(name)));
    }

    private void compareProperties(String path, JsonNode writer, JsonNode reader) {
        Set<String> always = names(writer);
        for (String name : names(reader)) {
            if (!always.contains(name)) {
                add(path + "." + name, "may be missing where it is required");
            }
        }
        JsonNode properties = reader.path("properties");
        properties.properties().forEach(property -> {
            JsonNode written = property(writer, property.getKey());
            if (written != null) {
                compare(path + "." + property.getKey(), written, property.getValue());
            }
        });
        JsonNode others = reader.path("additionalProperties");
        if (others.isObject()) {
            Set<String> written = new LinkedHashSet<>(writer.path("properties").propertyNames());
            written.addAll(always);
            written.stream()
                    .filter(name -> !properties.has(name))
                    .forEach(name -> compare(path + "." + name, orAnything(property(writer, name)), others));
            if (isOpen(writer)) {
                compare(path + ".*", orAnything(writer.get("additionalProperties")), others);
            }
        }
    }

    /** {@return what the writer may write there; null if it writes nothing} */
    private static @Nullable JsonNode property(JsonNode writer, String name) {
        JsonNode declared = writer.path("properties").get(name);
        if (declared != null) {
            return declared;
        }
        return isOpen(writer) || names(writer).contains(name) ? orAnything(writer.get("additionalProperties")) : null;
    }

    /** {@return whether the writer writes more than the properties that its schema names} */
    private static boolean isOpen(JsonNode writer) {
        return writer.has("additionalProperties")
                ? !SchemaReferences.isNothing(writer.get("additionalProperties"))
                : !writer.has("properties");
    }

    private boolean isReadable(JsonNode written, JsonNode expected) {
        SchemaChange alternative = new SchemaChange(writerSchemas, readerSchemas);
        alternative.visited.addAll(visited);
        alternative.compare("", written, expected);
        return alternative.breaks.isEmpty();
    }

    /** {@return whether both say the same, word for word, as does everything that they refer to} */
    private boolean isSame(JsonNode writer, JsonNode reader, Set<String> followed) {
        return writer.equals(reader)
                && writer.findValuesAsString("$ref").stream()
                        .filter(followed::add)
                        .allMatch(reference ->
                                isSame(writerSchemas.target(reference), readerSchemas.target(reference), followed));
    }

    private static boolean hasReferences(JsonNode schema) {
        return schema.findValue("$ref") != null;
    }

    private void add(String path, String problem) {
        breaks.add((path.isEmpty() ? "it" : path.substring(1)) + " " + problem);
    }

    private static JsonNode orAnything(@Nullable JsonNode schema) {
        return schema == null ? JsonNodeFactory.instance.objectNode() : schema;
    }

    private static boolean mayBe(String type, JsonNode writer) {
        Set<String> written = writtenTypes(writer);
        return written.isEmpty() || written.contains(type);
    }

    /** {@return the types of what is written; none if it may be anything} */
    private static Set<String> writtenTypes(JsonNode writer) {
        return values(writer)
                .map(values -> sorted(values.stream().map(SchemaChange::typeOf)))
                .orElseGet(() -> types(writer));
    }

    /** {@return the listed values of the listed types; nothing if no values are listed} */
    private static Optional<Set<JsonNode>> values(JsonNode schema) {
        if (!schema.has("enum") && !schema.has("const")) {
            return Optional.empty();
        }
        Set<String> types = types(schema);
        Set<JsonNode> values = new LinkedHashSet<>();
        (schema.has("const")
                        ? Stream.of(schema.get("const"))
                        : schema.get("enum").valueStream())
                .filter(value -> types.isEmpty() || accepts(types, typeOf(value)))
                .forEach(values::add);
        if (schema.has("const") && schema.has("enum")) {
            values.retainAll(schema.get("enum").valueStream().toList());
        }
        return Optional.of(values);
    }

    private static boolean accepts(Set<String> types, String type) {
        return types.contains(type) || ("integer".equals(type) && types.contains("number"));
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "string";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case ARRAY -> "array";
            default -> "object";
        };
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

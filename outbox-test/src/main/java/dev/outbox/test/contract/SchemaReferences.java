package dev.outbox.test.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the references in a schema: a schema says what it says itself, what it refers to, and what is listed under
 * {@code allOf}.
 */
final class SchemaReferences {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode root;

    SchemaReferences(ObjectNode root) {
        this.root = root;
    }

    /** {@return what a reference leads to; missing if it leads out of the schema or nowhere} */
    JsonNode target(String reference) {
        return reference.startsWith("#") ? root.at(reference.substring(1)) : NODES.missingNode();
    }

    /** {@return what a schema refers to, if it does nothing else; otherwise the schema} */
    JsonNode followed(JsonNode schema) {
        JsonNode target = schema.size() == 1 ? target(schema.path("$ref").asString("")) : NODES.missingNode();
        return target.isMissingNode() ? schema : target;
    }

    /** {@return the parts of a schema, which apply all, without references between them; one that leads nowhere is kept} */
    List<JsonNode> parts(JsonNode schema) {
        List<JsonNode> parts = new ArrayList<>();
        collect(schema, parts, new HashSet<>());
        return parts;
    }

    private void collect(JsonNode schema, List<JsonNode> parts, Set<String> followed) {
        if (!(schema instanceof ObjectNode given)) {
            parts.add(schema);
            return;
        }
        ObjectNode rest = given.objectNode().setAll(given);
        String reference = given.path("$ref").asString("");
        JsonNode target = target(reference);
        if (!target.isMissingNode()) {
            rest.remove("$ref");
            if (followed.add(reference)) {
                collect(target, parts, followed);
            }
        }
        JsonNode listed = rest.remove("allOf");
        if (listed != null) {
            listed.forEach(part -> collect(part, parts, followed));
        }
        JsonNode alternatives = rest.remove("anyOf");
        if (alternatives != null) {
            parts.add(NODES.objectNode().set("anyOf", alternatives));
        }
        parts.add(rest);
    }

    /**
     * {@return one schema for all parts; it allows what they allow together, and more if two parts say different things about
     * the same}
     */
    ObjectNode joined(JsonNode schema) {
        ObjectNode joined = NODES.objectNode();
        parts(schema)
                .forEach(part -> part.properties().forEach(keyword -> {
                    JsonNode value = keyword.getValue();
                    switch (keyword.getKey()) {
                        case "properties" -> joinProperties(joined.withObjectProperty("properties"), value);
                        case "required" -> joined.withArrayProperty("required").addAll((ArrayNode) value);
                        default -> joined.set(keyword.getKey(), value);
                    }
                }));
        return joined;
    }

    private static void joinProperties(ObjectNode joined, JsonNode properties) {
        properties.properties().forEach(property -> {
            JsonNode known = joined.get(property.getKey());
            joined.set(property.getKey(), known == null ? property.getValue() : allOf(known, property.getValue()));
        });
    }

    /** {@return one schema for each alternative; the schema itself if it has none} */
    List<JsonNode> alternatives(ObjectNode joined) {
        if (!joined.has("anyOf")) {
            return List.of(joined);
        }
        ObjectNode rest = joined.objectNode().setAll(joined);
        JsonNode listed = rest.remove("anyOf");
        return listed.valueStream()
                .filter(alternative -> !isNothing(alternative))
                .map(alternative -> (JsonNode) joined(allOf(rest, alternative)))
                .toList();
    }

    /** {@return whether no value fits} */
    static boolean isNothing(JsonNode schema) {
        return schema.isBoolean() && !schema.asBoolean();
    }

    private static ObjectNode allOf(JsonNode one, JsonNode other) {
        return NODES.objectNode().set("allOf", NODES.arrayNode().add(one).add(other));
    }
}

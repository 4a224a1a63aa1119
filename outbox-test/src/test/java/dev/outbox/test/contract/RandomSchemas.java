package dev.outbox.test.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas like those of events, drawn by chance, and changes to them like those of a person.
 *
 * <p>A schema may contain itself, but only inside of a property, an item or the like: otherwise it would say nothing. So
 * everything is drawn for a rank, and refers directly only to definitions from that rank on.
 */
final class RandomSchemas {

    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> DEFINITIONS = List.of("A", "B", "C");
    private static final List<String> TYPES =
            List.of("string", "integer", "number", "boolean", "null", "array", "object");
    private static final int DEEP = 3;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final RandomGenerator random;
    private final boolean wild;

    /**
     * @param wild whether changes may also contradict what else a schema says, or say nothing about its type
     */
    RandomSchemas(RandomGenerator random, boolean wild) {
        this.random = random;
        this.wild = wild;
    }

    /** {@return a schema with definitions that refer to each other and to themselves} */
    ObjectNode draw() {
        ObjectNode root = object(0);
        ObjectNode definitions = NODES.objectNode();
        for (int rank = 0; rank < DEFINITIONS.size(); rank++) {
            definitions.set(DEFINITIONS.get(rank), wild && random.nextInt(4) == 0 ? any(1, rank + 1) : object(1));
        }
        root.set("$defs", definitions);
        return root;
    }

    /** {@return a copy with up to three changes} */
    ObjectNode changed(ObjectNode schema) {
        ObjectNode changed = schema.deepCopy();
        int changes = random.nextInt(wild ? 0 : 1, 4);
        for (int i = 0; i < changes; i++) {
            List<Place> places = new ArrayList<>();
            collect(changed, DEFINITIONS.size(), places);
            change(pick(places));
        }
        return changed;
    }

    private JsonNode any(int depth, int rank) {
        return switch (random.nextInt(depth >= DEEP ? 9 : 14)) {
            case 0, 1, 2 -> scalar();
            case 3 -> enumeration();
            case 4 -> nullable(scalar());
            case 5, 6 -> rank < DEFINITIONS.size() ? reference(rank) : scalar();
            case 7 -> NODES.objectNode().put("type", "string").put("format", format());
            case 8 -> random.nextInt(3) == 0 ? NODES.booleanNode(random.nextInt(4) > 0) : NODES.objectNode();
            case 9 -> NODES.objectNode().put("type", "array").set("items", inside(depth + 1));
            case 10 -> NODES.objectNode().put("type", "object").set("additionalProperties", inside(depth + 1));
            case 11 -> alternatives(depth, rank);
            default -> object(depth);
        };
    }

    private JsonNode inside(int depth) {
        return any(depth, 0);
    }

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode().put("type", "object");
        ObjectNode properties = object.putObject("properties");
        ArrayNode required = NODES.arrayNode();
        for (String name : NAMES) {
            if (random.nextInt(2) == 0) {
                properties.set(name, inside(depth + 1));
                if (random.nextInt(2) == 0) {
                    required.add(name);
                }
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        if (random.nextInt(8) == 0 && (wild || depth > 1)) {
            object.set("additionalProperties", inside(depth + 1));
        }
        return object;
    }

    private ObjectNode scalar() {
        ObjectNode scalar = NODES.objectNode();
        return switch (random.nextInt(6)) {
            case 0 -> scalar.put("type", "boolean");
            case 1 -> scalar.put("type", "number");
            case 2 -> scalar.put("type", "integer").put("format", random.nextBoolean() ? "int32" : "int64");
            case 3 -> scalar.put("type", "integer").put("maximum", random.nextInt(3));
            case 4 -> scalar.put("type", "string").put("minLength", random.nextInt(3));
            default -> scalar.put("type", "string");
        };
    }

    private ObjectNode enumeration() {
        ObjectNode enumeration = NODES.objectNode();
        if (random.nextInt(4) > 0) {
            enumeration.put("type", "string");
        }
        ArrayNode values = enumeration.putArray("enum");
        RandomDocuments.WORDS.stream().filter(word -> random.nextBoolean()).forEach(values::add);
        if (values.isEmpty()) {
            values.add(RandomDocuments.WORDS.get(0));
        }
        return enumeration;
    }

    private static ObjectNode nullable(ObjectNode schema) {
        ArrayNode types = NODES.arrayNode().add(schema.get("type")).add("null");
        schema.set("type", types);
        return schema;
    }

    private ObjectNode reference(int rank) {
        ObjectNode reference = NODES.objectNode()
                .put(
                        "$ref",
                        rank == 0 && random.nextInt(8) == 0
                                ? "#"
                                : "#/$defs/" + pick(DEFINITIONS.subList(rank, DEFINITIONS.size())));
        return switch (random.nextInt(8)) {
            case 0 ->
                NODES.objectNode()
                        .set("anyOf", NODES.arrayNode().add(type("null")).add(reference));
            case 1 ->
                NODES.objectNode().set("allOf", NODES.arrayNode().add(reference).add(tagged()));
            case 2 -> reference.set("required", NODES.arrayNode().add(pick(NAMES)));
            default -> reference;
        };
    }

    private ObjectNode alternatives(int depth, int rank) {
        boolean areKinds = random.nextInt(3) == 0;
        ObjectNode alternatives = areKinds ? object(depth + 1) : NODES.objectNode();
        ArrayNode listed = alternatives.putArray(wild && random.nextInt(5) == 0 ? "oneOf" : "anyOf");
        IntStream.rangeClosed(0, 1 + random.nextInt(2))
                .forEach(i -> listed.add(areKinds ? tagged() : any(depth + 1, rank)));
        return alternatives;
    }

    private ObjectNode tagged() {
        ObjectNode tagged = NODES.objectNode().put("type", "object");
        tagged.putObject("properties").putObject("tag").put("const", pick(RandomDocuments.WORDS));
        tagged.putArray("required").add("tag");
        return tagged;
    }

    private static ObjectNode type(String name) {
        return NODES.objectNode().put("type", name);
    }

    private JsonNode number() {
        return NODES.numberNode(random.nextInt(3));
    }

    private String format() {
        return pick(List.of("uuid", "date", "date-time", "email"));
    }

    private void change(Place changed) {
        ObjectNode place = changed.schema();
        switch (random.nextInt(13)) {
            case 0 -> onlyFor("object", place, () -> property(place));
            case 1 -> onlyFor("object", place, () -> required(place));
            case 2 -> type(place);
            case 3 -> widen(place);
            case 4 -> onlyFor("string", place, () -> toggle(place, "format", NODES.stringNode(format())));
            case 5 -> onlyFor("string", place, () -> values(place));
            case 6 -> onlyFor("string", place, () -> toggle(place, "minLength", number()));
            case 7 -> onlyFor("integer", place, () -> toggle(place, "maximum", number()));
            case 8 -> onlyFor("array", place, () -> toggle(place, "items", inside(2)));
            case 9 -> onlyFor("object", place, () -> toggle(place, "additionalProperties", inside(2)));
            case 10 -> onlyFor("string", place, () -> constant(place));
            case 11 -> alternative(place, changed.rank());
            default -> wrap(place);
        }
    }

    /** Keywords for other types mean nothing, and what contradicts itself can never be written. */
    private void onlyFor(String type, ObjectNode place, Runnable change) {
        if (wild || (type.equals(place.path("type").asString("")) && !place.has("$ref"))) {
            change.run();
        }
    }

    private void property(ObjectNode place) {
        String name = pick(NAMES);
        ObjectNode properties = place.withObjectProperty("properties");
        if (random.nextBoolean() && properties.has(name)) {
            properties.remove(name);
        } else {
            properties.set(name, inside(2));
        }
    }

    private void required(ObjectNode place) {
        ArrayNode required = place.withArrayProperty("required");
        if (!required.isEmpty() && random.nextBoolean()) {
            required.remove(random.nextInt(required.size()));
        } else {
            required.add(pick(NAMES));
        }
    }

    private void type(ObjectNode place) {
        if (wild || (place.has("type") && !place.has("enum") && !place.has("const") && !place.has("anyOf"))) {
            place.put("type", pick(TYPES));
        }
    }

    private void widen(ObjectNode place) {
        JsonNode type = place.path("type");
        if (type.isArray()) {
            place.set("type", type.get(0));
        } else if (type.isString()) {
            nullable(place);
        } else if (wild) {
            place.put("type", pick(TYPES));
        }
    }

    private void values(ObjectNode place) {
        place.remove(List.of("const", "format", "minLength"));
        ArrayNode values = place.withArrayProperty("enum");
        if (values.size() > 1 && random.nextBoolean()) {
            values.remove(random.nextInt(values.size()));
        } else {
            values.add(pick(RandomDocuments.WORDS));
        }
    }

    private void constant(ObjectNode place) {
        place.remove(List.of("enum", "format", "minLength"));
        toggle(place, "const", NODES.stringNode(pick(RandomDocuments.WORDS)));
    }

    private void alternative(ObjectNode place, int rank) {
        if (!place.path("anyOf").isArray()) {
            wrap(place);
        } else if (place.get("anyOf").size() > 1 && random.nextBoolean()) {
            ((ArrayNode) place.get("anyOf")).remove(0);
        } else {
            ((ArrayNode) place.get("anyOf")).add(wild ? any(2, rank) : object(2));
        }
    }

    /** Says the same in another way. */
    private void wrap(ObjectNode place) {
        if (place.has("$defs")) {
            return;
        }
        ObjectNode same = place.deepCopy();
        place.removeAll();
        place.putArray(random.nextBoolean() ? "anyOf" : "allOf").add(same);
    }

    private void toggle(ObjectNode place, String keyword, JsonNode value) {
        if (place.has(keyword) && random.nextBoolean()) {
            place.remove(keyword);
        } else {
            place.set(keyword, value);
        }
    }

    private static void collect(JsonNode given, int rank, List<Place> places) {
        if (!(given instanceof ObjectNode schema)) {
            return;
        }
        places.add(new Place(schema, rank));
        for (int i = 0; i < DEFINITIONS.size(); i++) {
            collect(schema.path("$defs").path(DEFINITIONS.get(i)), i + 1, places);
        }
        for (String listed : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(listed).forEach(part -> collect(part, rank, places));
        }
        schema.path("properties").forEach(property -> collect(property, 0, places));
        collect(schema.path("items"), 0, places);
        collect(schema.path("additionalProperties"), 0, places);
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** A schema inside of another, and the rank for which it may be changed. */
    private record Place(ObjectNode schema, int rank) {}
}

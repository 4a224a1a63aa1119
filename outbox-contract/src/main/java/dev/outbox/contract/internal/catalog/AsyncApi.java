package dev.outbox.contract.internal.catalog;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.outbox.event.EventHeaders;
import dev.outbox.internal.format.ExactDecimals;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The catalog as an AsyncAPI 3.0 document: a channel for each topic, a message for each version of an event, and for each event
 * the operation with which the service sends or receives it. Payload schemas use the dialect that the specification defines for
 * all tools: {@code $defs} become {@code definitions}, and references point to the place of the schema in the document.
 */
public final class AsyncApi {

    private static final String SCHEMAS = "#/components/schemas/";

    private static final JsonMapper EXAMPLES = ExactDecimals.in(JsonMapper.shared());

    private final EventCatalog catalog;
    private final EventSamples samples;

    private AsyncApi(EventCatalog catalog, EventSamples samples) {
        this.catalog = catalog;
        this.samples = samples;
    }

    /** {@return the document} */
    public static ObjectNode of(EventCatalog catalog, EventSamples samples) {
        return new AsyncApi(catalog, samples).document();
    }

    private ObjectNode document() {
        ObjectNode document = object();
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", catalog.service())
                .put("version", latest())
                .put("description", "Domain events that %s publishes and handles.".formatted(catalog.service()));
        document.put("defaultContentType", "application/json");
        addChannels(document.putObject("channels"));
        addOperations(document.putObject("operations"));
        ObjectNode components = document.putObject("components");
        addMessages(components.putObject("messages"));
        addSchemas(components.putObject("schemas"));
        return document;
    }

    /** The document changes when a version is added, so the newest version identifies it. */
    private String latest() {
        return catalog.events().stream()
                .flatMap(event -> event.versions().stream())
                .map(CatalogVersion::since)
                .max(Comparator.naturalOrder())
                .orElse("none");
    }

    private void addChannels(ObjectNode channels) {
        Map<String, List<CatalogEvent>> byTopic =
                catalog.events().stream().collect(groupingBy(CatalogEvent::topic, TreeMap::new, toList()));
        byTopic.forEach((topic, events) -> {
            ObjectNode channel = channels.putObject(topic).put("address", topic);
            ObjectNode messages = channel.putObject("messages");
            events.forEach(event -> event.versions()
                    .forEach(version -> messages.set(
                            key(event, version), reference("#/components/messages/" + key(event, version)))));
        });
    }

    private void addOperations(ObjectNode operations) {
        for (CatalogEvent event : catalog.events()) {
            if (event.retired() != null) {
                continue;
            }
            if (catalog.service().equals(event.producer())) {
                addOperation(operations, "send", event);
            }
            if (event.consumers().contains(catalog.service())) {
                addOperation(operations, "receive", event);
            }
        }
    }

    private static void addOperation(ObjectNode operations, String action, CatalogEvent event) {
        ObjectNode operation = operations.putObject(action + "." + key(event.type()));
        operation.put("action", action);
        if (event.description() != null) {
            operation.put("summary", event.description());
        }
        String channel = "#/channels/" + event.topic();
        operation.set("channel", reference(channel));
        ArrayNode messages = operation.putArray("messages");
        // A sender sends the newest version; a receiver must understand every stored version.
        event.versions().stream()
                .filter(version -> action.equals("receive") || version.version() == event.latest())
                .forEach(version -> messages.add(reference(channel + "/messages/" + key(event, version))));
    }

    private void addMessages(ObjectNode messages) {
        for (CatalogEvent event : catalog.events()) {
            for (CatalogVersion version : event.versions()) {
                ObjectNode message = messages.putObject(key(event, version));
                message.put("name", event.type());
                message.put("title", "%s, version %d".formatted(event.type(), version.version()));
                put(message, "summary", event.description());
                put(message, "description", remarks(event, version));
                CatalogFormat format = version.format();
                message.put("contentType", format == null ? "application/json" : format.contentType());
                message.set("headers", headers(event, version));
                message.set("payload", reference(SCHEMAS + key(event, version)));
                message.putObject("bindings")
                        .putObject("kafka")
                        .putObject("key")
                        .put("type", "string")
                        .put("description", "Id of the " + event.aggregate());
                samples.of(event.type(), version.version())
                        .ifPresent(text -> message.putArray("examples")
                                .addObject()
                                .put("name", EventSamples.fileOf(event.type(), version.version()))
                                .set("payload", EXAMPLES.readTree(text)));
            }
        }
    }

    private static String remarks(CatalogEvent event, CatalogVersion version) {
        String remarks = "Owner: %s. Since %s.".formatted(event.owner(), version.since());
        if (version.deprecated() != null) {
            remarks += " Deprecated: %s.".formatted(version.deprecated());
        }
        return event.retired() == null ? remarks : remarks + " Retired: %s.".formatted(event.retired());
    }

    private static ObjectNode headers(CatalogEvent event, CatalogVersion version) {
        ObjectNode headers = object().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        properties.putObject(EventHeaders.SPEC_VERSION).put("const", EventHeaders.SPEC_VERSION_VALUE);
        properties.putObject(EventHeaders.TYPE).put("const", event.type());
        properties.putObject(EventHeaders.DATA_VERSION).put("const", Integer.toString(version.version()));
        properties.putObject(EventHeaders.ID).put("type", "string").put("format", "uuid");
        properties.putObject(EventHeaders.SOURCE).put("type", "string").put("format", "uri-reference");
        properties.putObject(EventHeaders.SUBJECT).put("type", "string");
        properties.putObject(EventHeaders.TIME).put("type", "string").put("format", "date-time");
        properties.putObject(EventHeaders.SEQUENCE).put("type", "string");
        return headers;
    }

    private void addSchemas(ObjectNode schemas) {
        for (CatalogEvent event : catalog.events()) {
            for (CatalogVersion version : event.versions()) {
                ObjectNode schema = version.schema().deepCopy();
                schema.remove("$schema");
                schemas.set(key(event, version), relocated(schema, SCHEMAS + key(event, version)));
            }
        }
    }

    private static JsonNode relocated(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            ObjectNode moved = object();
            object.properties().forEach(property -> {
                String name = property.getKey().equals("$defs") ? "definitions" : property.getKey();
                JsonNode value = property.getValue();
                boolean isReference = name.equals("$ref") && value.isString();
                moved.set(
                        name,
                        isReference
                                ? JsonNodeFactory.instance.stringNode(value.asString()
                                        .replace("$defs", "definitions")
                                        .replace("#", place))
                                : relocated(value, place));
            });
            return moved;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode moved = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> moved.add(relocated(element, place)));
            return moved;
        }
        return node;
    }

    private static String key(CatalogEvent event, CatalogVersion version) {
        return key(event.type()) + ".v" + version.version();
    }

    /** Names in the document must not contain other characters. */
    private static String key(String type) {
        return type.replaceAll("[^\\w.-]", "_");
    }

    private static ObjectNode reference(String target) {
        return object().put("$ref", target);
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

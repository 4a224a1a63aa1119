package dev.outbox.console;

import static java.util.Map.entry;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the OpenAPI document of what springdoc has found in the controllers: adds what each request is about, who may make it, how
 * it is refused and what may be null; leaves out what differs from run to run.
 */
final class OpenApiDocument {

    static final String PREFIX = "/outbox/api";

    /** What each request is about. Who adds one says so here. */
    private static final Map<String, String> ABOUT = Map.ofEntries(
            entry("GET /outboxes", "The names of the outboxes of this process."),
            entry("GET /overview", "Whether anything is late, since when, and why."),
            entry("GET /events", "Events, the last one first; those of the last hour if no time is named."),
            entry("GET /events/{id}", "One event, and how far it has come."),
            entry("GET /events/{id}/trail", "The steps of an event to its consumers; names the first one not taken."),
            entry("GET /events/{id}/payload", "The payload of an event, without what is masked."),
            entry("GET /parked", "Keys with parked events, the one that was parked first comes first."),
            entry("GET /parked/count", "How much a decision about these keys would be about."),
            entry("GET /parked/events", "The parked events of a key, in the order of their release."),
            entry("GET /parked/events/{id}/payload", "The payload of a parked event, as it will be published."),
            entry("GET /parked/topics", "Topics that cannot be written to, with the events that wait."),
            entry("POST /parked/release", "Has all parked events of the keys published, in their order."),
            entry("POST /parked/discard", "Has all parked events of the keys never published."),
            entry("POST /parked/events/{id}/discard", "Has one parked event never published."),
            entry("POST /parked/events/{id}/edit", "Replaces the payload; a release of the key is another request."),
            entry("POST /parked/topics/{topic}/discard", "Has all events that wait for a topic never published."),
            entry("GET /lanes", "Who publishes, and how much waits."),
            entry("POST /lanes/rebase", "Decides about positions that are not of this server."),
            entry("GET /parked/releases", "The releases that have not ended, the last one first."),
            entry("GET /parked/releases/{id}", "One release, and how far it has come."),
            entry("POST /parked/releases/{id}/stop", "Stops a release: what is not on its way to Kafka stays parked."),
            entry("GET /replays", "The replays of this process since it started, the last one first."),
            entry("GET /replays/{id}", "One replay, and how much it has published."),
            entry(
                    "POST /replays/estimate",
                    "What a replay would publish. Its end belongs into the request that follows."),
            entry("POST /replays", "Starts a replay, after those that were asked for before."),
            entry("POST /replays/{id}/stop", "Stops a replay, when Kafka has acknowledged what was sent."),
            entry(
                    "GET /consumers",
                    "Who consumes, how far behind each is, and what the inbox of this process has parked."),
            entry("GET /targets", "Where the events go, and whether they get there."),
            entry("GET /catalog", "The events with their versions, schemas and owners, as the catalogs describe them."),
            entry("GET /inbox/parked", "Keys of the inbox with parked events, the one parked first comes first."),
            entry("GET /inbox/parked/causes", "Why keys of the inbox are parked, what has lasted longest comes first."),
            entry(
                    "GET /inbox/parked/events",
                    "The parked events of a key of the inbox, in the order of their release."),
            entry("GET /inbox/parked/events/{id}", "One parked event of the inbox, with its failure."),
            entry("GET /inbox/parked/events/{id}/payload", "The payload of a parked event, as it will be handled."),
            entry("POST /inbox/parked/release", "Handles the parked events of a key, in order, until one fails."),
            entry("POST /inbox/parked/discard", "Has the parked events of a key never handled."),
            entry("POST /inbox/parked/events/{id}/discard", "Has one parked event of the inbox never handled."),
            entry("GET /audit", "Who has decided what, the last decision first."));

    private static final String PROBLEM = "Problem";

    private final JsonMapper json = JsonMapper.builder().build();
    private final ObjectNode document;

    private OpenApiDocument(JsonNode found) {
        this.document = (ObjectNode) found.deepCopy();
    }

    /**
     * {@return the document, as text}
     *
     * @param found what springdoc has found, in one process after the other
     * @param answers what the methods of the controllers return and take
     * @param allowed the roles by request
     */
    static String of(List<JsonNode> found, Stream<Type> answers, Map<String, Set<String>> allowed) {
        OpenApiDocument document = new OpenApiDocument(found.get(0));
        found.forEach(document::add);
        document.describe();
        document.operations((request, operation) -> document.complete(operation, request, allowed));
        document.sayWhatMayBeNull(answers);
        return document.json.writerWithDefaultPrettyPrinter().writeValueAsString(sorted(document.document)) + "\n";
    }

    /** {@return the requests that a document describes, such as {@code GET /outbox/api/parked}} */
    static Set<String> requests(String text) {
        Set<String> requests = new TreeSet<>();
        new OpenApiDocument(JsonMapper.shared().readTree(text))
                .operations((request, operation) -> requests.add(request));
        return requests;
    }

    private void add(JsonNode more) {
        for (String part : List.of("/paths", "/components/schemas")) {
            ObjectNode all = (ObjectNode) document.at(part);
            more.at(part).properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
        }
    }

    private void describe() {
        document.remove("servers");
        document.putObject("info")
                .put("title", "Outbox console")
                .put("version", "1")
                .put(
                        "description",
                        "What an operator sees of a relay and of an inbox, and decides. What is below /inbox is there in a service with an inbox. A decision says how many events were seen, and is refused with"
                                + " 409 if there are more or fewer; the problem then has 'seen' and 'found'. A request that comes again"
                                + " with the same Idempotency-Key is answered as before, and carried out once.");
        ObjectNode components = (ObjectNode) document.get("components");
        components
                .putObject("securitySchemes")
                .putObject("user")
                .put("type", "http")
                .put("scheme", "basic");
        document.putArray("security").addObject().putArray("user");
        ObjectNode problem = ((ObjectNode) components.get("schemas")).putObject(PROBLEM);
        problem.put("type", "object").put("description", "As RFC 9457 has it: the cause, and what to do.");
        ObjectNode properties = problem.putObject("properties");
        for (String text : List.of("type", "title", "detail", "instance")) {
            properties.putObject(text).put("type", "string");
        }
        properties.putObject("status").put("type", "integer").put("format", "int32");
        for (String number : List.of("seen", "found")) {
            properties.putObject(number).put("type", "integer").put("format", "int64");
        }
    }

    private void complete(ObjectNode operation, String request, Map<String, Set<String>> allowed) {
        String shortRequest = request.replace(PREFIX, "");
        operation.put("summary", ABOUT.getOrDefault(shortRequest, "Missing in OpenApiDocument: " + shortRequest));
        operation.put(
                "description",
                "Needs one of the roles " + String.join(", ", new TreeSet<>(allowed.getOrDefault(request, Set.of())))
                        + ".");
        operation.put("operationId", name(shortRequest));
        operation.putArray("tags").add(shortRequest.split("[ /]", -1)[2]);
        boolean hasContent = operation.has("requestBody");
        if (shortRequest.startsWith("POST") && !hasContent) {
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .putObject("application/json")
                    .putObject("schema")
                    .put("type", "object");
        }
        ObjectNode refused = ((ObjectNode) operation.get("responses")).putObject("default");
        refused.put("description", "A problem.");
        refused.putObject("content")
                .putObject("application/problem+json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + PROBLEM);
    }

    /** Such as {@code postParkedEventsIdEdit}. */
    private static String name(String request) {
        StringBuilder name = new StringBuilder();
        for (String word :
                request.toLowerCase(Locale.ROOT).replaceAll("\\W+", " ").strip().split(" ", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    private void operations(BiConsumer<String, ObjectNode> consumer) {
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> consumer.accept(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                (ObjectNode) operation.getValue())));
    }

    private void sayWhatMayBeNull(Stream<Type> answers) {
        Map<String, Class<?>> records = new HashMap<>();
        answers.forEach(type -> addRecords(type, records));
        document.path("components").path("schemas").properties().forEach(schema -> {
            Class<?> record = records.get(schema.getKey());
            if (record != null) {
                sayWhatMayBeNull((ObjectNode) schema.getValue(), record);
            }
        });
    }

    private static void sayWhatMayBeNull(ObjectNode schema, Class<?> record) {
        ArrayNode required = schema.putArray("required");
        for (RecordComponent component : record.getRecordComponents()) {
            ObjectNode property = (ObjectNode) schema.path("properties").path(component.getName());
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(component.getName());
            } else if (property.has("type")) {
                String type = property.get("type").asString();
                property.putArray("type").add(type).add("null");
            }
        }
    }

    /** Springdoc names the schema of a page by what is on it. */
    private static void addRecords(Type type, Map<String, Class<?>> records) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            if (raw.isRecord()) {
                Class<?> item = (Class<?>) parameterized.getActualTypeArguments()[0];
                records.put(raw.getSimpleName() + item.getSimpleName(), raw);
            }
            for (Type argument : parameterized.getActualTypeArguments()) {
                addRecords(argument, records);
            }
        } else if (type instanceof Class<?> record
                && record.isRecord()
                && records.put(record.getSimpleName(), record) == null) {
            for (RecordComponent component : record.getRecordComponents()) {
                addRecords(component.getGenericType(), records);
            }
        }
    }

    /** The order in which springdoc finds things is not always the same. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode sorted = object.objectNode();
            fields.forEach(sorted::set);
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            List<JsonNode> items = new ArrayList<>();
            array.forEach(item -> items.add(sorted(item)));
            return array.arrayNode().addAll(items);
        }
        return node;
    }
}

package dev.outbox.consumer.foreign;

import static dev.outbox.consumer.foreign.NotificationJson.hash;
import static dev.outbox.consumer.foreign.NotificationJson.payload;
import static dev.outbox.consumer.foreign.NotificationJson.text;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the notifications that Google Cloud Storage sends to Pub/Sub, in either form that a connector makes of them: with the
 * attributes of the message as headers of the record and its data as the value, or with the message as a JSON document, as push
 * subscriptions have it. The events have the attributes that Eventarc gives them:
 *
 * <ul>
 *   <li>{@code type} is, for example, {@code google.cloud.storage.object.v1.finalized}.
 *   <li>{@code source} is {@code //storage.googleapis.com/projects/_/buckets/} and the bucket.
 *   <li>{@code subject} is {@code objects/} and the name of the object.
 *   <li>{@code time} is the time of the event.
 *   <li>{@code id} is the generation of the object and a hash of what happened to it. It is not the id of the message, because
 *       the store may send a notification in two messages.
 * </ul>
 *
 * The extension {@code sequencer} is made of the generation and the metageneration: of two events of an object, the later one
 * has the greater text. The payload is the resource of the object. A notification without one has {@code bucket}, {@code name}
 * and {@code generation}.
 *
 * @since 0.1.0
 */
public final class GcsNotifications implements ForeignEventMapping {

    private static final String TYPE = "google.cloud.storage.object.v1.";

    private static final String SOURCE = "//storage.googleapis.com/projects/_/buckets/";

    /** Without settings. */
    public GcsNotifications() {}

    @Override
    public List<ForeignEvent> read(ConsumerRecord<?, byte[]> received) {
        Map<String, String> attributes = headersOf(received);
        if (isNotification(attributes)) {
            return List.of(event(attributes, NotificationJson.read(received.value())));
        }
        ObjectNode document = NotificationJson.read(received.value());
        if (document == null) {
            return List.of();
        }
        JsonNode message = document.path("message").isObject() ? document.path("message") : document;
        attributes = new HashMap<>();
        for (Map.Entry<String, JsonNode> attribute : message.path("attributes").properties()) {
            attributes.put(attribute.getKey(), attribute.getValue().asString(""));
        }
        return isNotification(attributes) ? List.of(event(attributes, resourceIn(message))) : List.of();
    }

    private static boolean isNotification(Map<String, String> attributes) {
        return attributes.containsKey("eventType")
                && attributes.containsKey("bucketId")
                && attributes.containsKey("objectId");
    }

    private static @Nullable ObjectNode resourceIn(JsonNode message) {
        return NotificationJson.read(Base64.getDecoder().decode(text(message, "data")));
    }

    private static ForeignEvent event(Map<String, String> said, @Nullable ObjectNode sent) {
        Change change = Change.of(said.getOrDefault("eventType", ""));
        String bucket = said.getOrDefault("bucketId", "");
        String name = said.getOrDefault("objectId", "");
        String generation = said.getOrDefault("objectGeneration", "");
        String time = said.getOrDefault("eventTime", "");
        if (generation.isEmpty()) {
            throw new IllegalArgumentException("The notification has no objectGeneration");
        }
        ObjectNode resource = sent == null ? resource(bucket, name, generation) : sent;
        String metageneration = text(resource, "metageneration");
        Map<String, String> attributes = new HashMap<>();
        attributes.put(
                "id",
                generation + "." + hash(change.name(), bucket, name, metageneration.isEmpty() ? time : metageneration));
        attributes.put("source", SOURCE + bucket);
        attributes.put("type", TYPE + change.type);
        attributes.put("subject", "objects/" + name);
        attributes.put("time", time);
        attributes.put("sequencer", "%s.%s.%d".formatted(padded(generation), padded(metageneration), change.rank));
        return new ForeignEvent(attributes, payload(resource));
    }

    private static ObjectNode resource(String bucket, String name, String generation) {
        return NotificationJson.newObject()
                .put("bucket", bucket)
                .put("name", name)
                .put("generation", generation);
    }

    /** To the digits of the greatest long. */
    private static String padded(String number) {
        return "0".repeat(Math.max(0, 19 - number.length())) + number;
    }

    private static Map<String, String> headersOf(ConsumerRecord<?, ?> received) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : received.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    /** Ranked in the order in which they can happen to one generation of an object. */
    private enum Change {
        OBJECT_FINALIZE("finalized", 0),
        OBJECT_METADATA_UPDATE("metadataUpdated", 1),
        OBJECT_ARCHIVE("archived", 2),
        OBJECT_DELETE("deleted", 3);

        private final String type;
        private final int rank;

        Change(String type, int rank) {
            this.type = type;
            this.rank = rank;
        }

        static Change of(String eventType) {
            for (Change change : values()) {
                if (change.name().equals(eventType)) {
                    return change;
                }
            }
            throw new IllegalArgumentException("The notification has an unknown eventType");
        }
    }
}

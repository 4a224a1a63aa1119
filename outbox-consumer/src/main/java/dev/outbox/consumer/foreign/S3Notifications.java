package dev.outbox.consumer.foreign;

import static dev.outbox.consumer.foreign.NotificationJson.hash;
import static dev.outbox.consumer.foreign.NotificationJson.payload;
import static dev.outbox.consumer.foreign.NotificationJson.required;
import static dev.outbox.consumer.foreign.NotificationJson.text;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the notifications of S3, and of stores that write the same JSON, such as MinIO and Ceph: a document with
 * {@code Records}, each of which becomes an event. Its attributes are those of the CloudEvents adapter for S3:
 *
 * <ul>
 *   <li>{@code type} is {@code com.amazonaws.s3.} and the name of the event, such as
 *       {@code com.amazonaws.s3.ObjectCreated:Put}.
 *   <li>{@code source} is the store, the region and the bucket, such as {@code aws:s3.eu-central-1.uploads}.
 *   <li>{@code subject} is the key of the object, decoded.
 *   <li>{@code time} is the time of the event.
 *   <li>{@code id} is the id of the request and a hash of what happened to which object. The adapter has the request alone, but
 *       one request may delete a thousand objects.
 * </ul>
 *
 * The extension {@code sequencer}, which creations and deletions have, is padded: of two events of an object, the later one has
 * the greater text. The payload is the entry of {@code Records} as it came.
 *
 * @since 0.1.0
 */
public final class S3Notifications implements ForeignEventMapping {

    private static final String TYPE = "com.amazonaws.s3.";

    /** Sequencers have different lengths, and are compared after zeros are added on the right. */
    private static final int SEQUENCER_LENGTH = 32;

    /** Without settings. */
    public S3Notifications() {}

    @Override
    public List<ForeignEvent> read(ConsumerRecord<?, byte[]> received) {
        ObjectNode document = NotificationJson.read(received.value());
        if (document == null) {
            return List.of();
        }
        List<ForeignEvent> events = new ArrayList<>();
        for (JsonNode entry : document.path("Records")) {
            if (isOfAStore(entry)) {
                events.add(event(entry));
            }
        }
        return events;
    }

    private static boolean isOfAStore(JsonNode entry) {
        return entry.path("s3").isObject() && text(entry, "eventSource").endsWith(":s3");
    }

    private static ForeignEvent event(JsonNode entry) {
        String name = withoutPrefix(required(entry, "eventName"));
        String bucket = required(entry.path("s3").path("bucket"), "name");
        JsonNode object = entry.path("s3").path("object");
        String key = URLDecoder.decode(required(object, "key"), StandardCharsets.UTF_8);
        String sequencer = text(object, "sequencer");
        String request = text(entry.path("responseElements"), "x-amz-request-id");
        if (request.isEmpty() && sequencer.isEmpty()) {
            throw new IllegalArgumentException("The notification has neither x-amz-request-id nor sequencer");
        }
        Map<String, String> attributes = new HashMap<>();
        attributes.put("id", request + "." + hash(name, bucket, key, text(object, "versionId"), sequencer));
        attributes.put("source", "%s.%s.%s".formatted(text(entry, "eventSource"), text(entry, "awsRegion"), bucket));
        attributes.put("type", TYPE + name);
        attributes.put("subject", key);
        attributes.put("time", text(entry, "eventTime"));
        if (!sequencer.isEmpty()) {
            attributes.put("sequencer", padded(sequencer));
        }
        return new ForeignEvent(attributes, payload(entry));
    }

    /** MinIO writes {@code s3:ObjectCreated:Put}. */
    private static String withoutPrefix(String name) {
        return name.startsWith("s3:") ? name.substring("s3:".length()) : name;
    }

    private static String padded(String sequencer) {
        return sequencer + "0".repeat(Math.max(0, SEQUENCER_LENGTH - sequencer.length()));
    }
}

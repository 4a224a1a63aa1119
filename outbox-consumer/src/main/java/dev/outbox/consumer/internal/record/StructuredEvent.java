package dev.outbox.consumer.internal.record;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.internal.format.ExactDecimals;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A CloudEvent in structured content mode, in the JSON format: attributes and data are one document, which is the value of the
 * record. It is represented here as it would be in binary mode. Immutable; the bytes are not copied.
 */
public final class StructuredEvent {

    /** The start of the content type of records in this mode. */
    private static final String CONTENT_TYPE = "application/cloudevents+json";

    /** The result for a document that is not an event. */
    public static final StructuredEvent NONE = new StructuredEvent(Map.of(), null);

    private static final JsonMapper JSON = ExactDecimals.in(JsonMapper.shared());

    private final Map<String, String> headers;
    private final byte @Nullable [] data;

    private StructuredEvent(Map<String, String> headers, byte @Nullable [] data) {
        this.headers = Map.copyOf(headers);
        this.data = data;
    }

    /** {@return whether records of this content type are in this mode} */
    public static boolean isSaidBy(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).startsWith(CONTENT_TYPE)
                && (contentType.length() == CONTENT_TYPE.length() || contentType.charAt(CONTENT_TYPE.length()) == ';');
    }

    /** {@return the event; empty if the document is not one} */
    public static Optional<StructuredEvent> read(byte[] document) {
        try {
            return JSON.readTree(document) instanceof ObjectNode event ? Optional.of(of(event)) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** {@return its attributes, under the names that they have as headers in binary mode} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return its payload; null if it has none} */
    public byte @Nullable [] data() {
        return data;
    }

    /** {@return whether the document was not an event} */
    public boolean isNone() {
        return headers.isEmpty();
    }

    private static StructuredEvent of(ObjectNode event) {
        Map<String, String> headers = new HashMap<>();
        event.properties().forEach(attribute -> {
            JsonNode value = attribute.getValue();
            if (value.isValueNode() && !value.isNull() && !attribute.getKey().startsWith("data_")) {
                headers.put(EventHeaders.attribute(attribute.getKey()), value.asString());
            }
        });
        headers.remove("ce_data");
        String contentType = headers.remove("ce_datacontenttype");
        headers.put(EventHeaders.CONTENT_TYPE, contentType == null ? EventPayload.JSON : contentType);
        return new StructuredEvent(headers, dataOf(event, contentType));
    }

    private static byte @Nullable [] dataOf(ObjectNode event, @Nullable String contentType) {
        JsonNode binary = event.get("data_base64");
        if (binary != null && !binary.isNull()) {
            return binary.binaryValue();
        }
        JsonNode data = event.get("data");
        if (data == null) {
            return null;
        }
        return data.isString() && !isJson(contentType)
                ? data.asString().getBytes(StandardCharsets.UTF_8)
                : JSON.writeValueAsBytes(data);
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return true;
        }
        MimeType type = MimeTypeUtils.parseMimeType(contentType);
        return type.getSubtype().equals("json") || "json".equals(type.getSubtypeSuffix());
    }
}

package dev.outbox.internal.format;

import dev.outbox.event.EventPayload;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The format in which events are published. A consumer needs no setting: each record says what it is in.
 *
 * @param contentType content type of the payloads of published events
 * @param types the same for single types of events
 */
@ConfigurationProperties("outbox.format")
public record FormatProperties(
        @DefaultValue(EventPayload.JSON) String contentType,
        @DefaultValue Map<String, String> types) {

    /** Keeps an unmodifiable copy. */
    public FormatProperties {
        types = Map.copyOf(types);
    }

    String contentTypeOf(String type) {
        return types.getOrDefault(type, contentType);
    }
}

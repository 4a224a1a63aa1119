package dev.outbox.importer;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as another outbox has stored it.
 *
 * @param id of its row
 * @param type what the other outbox calls it; usually the name of a class
 * @param key within which the other outbox keeps the order; null if it keeps none
 * @param payload JSON
 * @param headers what the other outbox stores beside the payload
 * @param time when it was raised
 * @since 0.1.0
 */
public record PeerEvent(
        String id, String type, @Nullable String key, String payload, Map<String, String> headers, Instant time) {

    /** Keeps an unmodifiable copy. */
    public PeerEvent {
        headers = Map.copyOf(headers);
    }

    /** {@return type and id, for use in messages; never the payload} */
    @Override
    public String toString() {
        return "%s (%s)".formatted(type, id);
    }
}

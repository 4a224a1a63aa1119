package dev.outbox.event;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The current version of an event whose record carries an earlier version as its payload, for consumers that know only the
 * earlier one. It is sent in two headers, with the same content type.
 *
 * @param version version of the payload, higher than that of the record
 * @param payload the current version
 * @since 0.1.0
 */
public record NewerPayload(int version, EventPayload payload) {

    /** {@return the payload of a version} */
    public static NewerPayload of(int version, EventPayload payload) {
        return new NewerPayload(version, payload);
    }

    /**
     * {@return the newer payload in the headers of a record; empty if there is none}
     *
     * @param contentType content type of the record
     * @throws IllegalArgumentException if the headers are present but were not written by us
     */
    public static Optional<NewerPayload> from(Map<String, String> headers, String contentType) {
        String version = headers.get(EventHeaders.NEWER_VERSION);
        String payload = headers.get(EventHeaders.NEWER_PAYLOAD);
        if (version == null || payload == null) {
            return Optional.empty();
        }
        return Optional.of(new NewerPayload(
                Integer.parseInt(version),
                EventPayload.of(contentType, Base64.getDecoder().decode(payload))));
    }

    /** {@return the headers that carry it} */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.NEWER_VERSION, Integer.toString(version));
        headers.put(EventHeaders.NEWER_PAYLOAD, Base64.getEncoder().encodeToString(payload.bytes()));
        return headers;
    }
}

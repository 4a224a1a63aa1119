package dev.outbox.test;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.header.Headers;

/**
 * An event as its producer sends it, to be delivered to a service. Immutable; the methods that change something return a new
 * object. To deliver an event twice, deliver the same one twice: one with another id is another event.
 *
 * @param topic Kafka topic
 * @param key id of the aggregate
 * @param payload in JSON
 * @param headers CloudEvents headers, and others
 * @since 0.1.0
 */
public record EventOnTopic(String topic, String key, String payload, Map<String, String> headers) {

    /** Keeps an unmodifiable copy of the headers. */
    public EventOnTopic {
        headers = Map.copyOf(headers);
    }

    /** {@return a new event, with an id of its own} */
    static EventOnTopic of(String topic, String type, int version, String key, String payload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(EventHeaders.SPEC_VERSION, EventHeaders.SPEC_VERSION_VALUE);
        headers.put(EventHeaders.ID, UUID.randomUUID().toString());
        headers.put(EventHeaders.SOURCE, "/test");
        headers.put(EventHeaders.TYPE, type);
        headers.put(EventHeaders.DATA_VERSION, Integer.toString(version));
        headers.put(EventHeaders.SUBJECT, key);
        headers.put(EventHeaders.CONTENT_TYPE, EventPayload.JSON);
        return new EventOnTopic(topic, key, payload, headers);
    }

    /** {@return the same event with an additional header, or another value of an existing one} */
    public EventOnTopic withHeader(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return new EventOnTopic(topic, key, payload, changed);
    }

    /** {@return the same event with this number within its aggregate} */
    public EventOnTopic withSequence(long sequence) {
        return withHeader(EventHeaders.SEQUENCE, Long.toString(sequence));
    }

    /** {@return its id, which is a header} */
    public String id() {
        return headers.getOrDefault(EventHeaders.ID, "");
    }

    /** {@return its type, which is a header} */
    public String type() {
        return headers.getOrDefault(EventHeaders.TYPE, "");
    }

    byte[] keyBytes() {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    byte[] payloadBytes() {
        return payload.getBytes(StandardCharsets.UTF_8);
    }

    void addHeadersTo(Headers target) {
        headers.forEach((name, value) -> target.add(name, value.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@return type, id and topic, to name the event in messages} */
    @Override
    public String toString() {
        return "%s (%s) on %s".formatted(type(), id(), topic);
    }
}

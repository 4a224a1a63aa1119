package dev.outbox.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * An event with all of its metadata: the content of a row of the outbox and of a Kafka record.
 *
 * @param id identity of this one event (UUIDv7), CloudEvents {@code id}
 * @param type what happened, and the version of the payload
 * @param aggregate the aggregate it happened to; its id is the Kafka record key
 * @param topic Kafka topic it is published to
 * @param source the service that raised it, CloudEvents {@code source}
 * @param time when it was raised, by the service's clock
 * @param payload serialised event
 * @param headers further record headers, among them the trace context; names are lower case by convention
 * @since 0.1.0
 */
public record EventEnvelope(
        UUID id,
        EventType type,
        AggregateRef aggregate,
        String topic,
        String source,
        Instant time,
        EventPayload payload,
        Map<String, String> headers) {

    /**
     * @throws IllegalArgumentException if Kafka would not accept the topic, or a column cannot store a header
     */
    public EventEnvelope {
        EventTopics.requireLegal(topic);
        headers = Map.copyOf(headers);
        headers.forEach((name, value) -> {
            StorableText.require("Header name", name);
            StorableText.require("Header '" + name + "'", value);
        });
    }

    /** {@return event type, id and aggregate, for use in messages; never the payload} */
    @Override
    public String toString() {
        return "%s of %s (%s)".formatted(type, aggregate, id);
    }
}

package dev.outbox.relay;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.relay.broker.OutboxRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Events to relay. */
public final class TestEvents {

    public static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private TestEvents() {}

    public static EventEnvelope event(String topic, String aggregateId) {
        return event(topic, aggregateId, "{}");
    }

    public static EventEnvelope event(String topic, String aggregateId, String payload) {
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 2),
                new AggregateRef("Order", aggregateId),
                topic,
                "/orders",
                TIME,
                EventPayload.json(payload.getBytes(StandardCharsets.UTF_8)),
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    }

    public static OutboxRow row(long seq, EventEnvelope event) {
        return new OutboxRow(seq, seq, event);
    }
}

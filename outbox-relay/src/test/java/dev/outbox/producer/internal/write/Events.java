package dev.outbox.producer.internal.write;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Events for tests, told apart by a label, which is their payload. */
public final class Events {

    private Events() {}

    public static EventEnvelope event(String aggregateId, String label) {
        return event(aggregateId, label.getBytes(StandardCharsets.UTF_8));
    }

    public static EventEnvelope event(String aggregateId, byte[] payload) {
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 2),
                new AggregateRef("Order", aggregateId),
                "outbox.event.Order",
                "/order-service",
                Instant.parse("2026-03-01T10:15:30.123456Z"),
                EventPayload.json(payload),
                Map.of());
    }
}

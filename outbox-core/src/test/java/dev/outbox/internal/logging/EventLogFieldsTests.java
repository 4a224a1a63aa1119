package dev.outbox.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class EventLogFieldsTests {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private final Map<String, String> logged = new HashMap<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void aLineSaysWhichEventItIsAboutAndNothingOfItsPayload() {
        EventEnvelope event = new EventEnvelope(
                UUID.randomUUID(),
                new EventType("OrderPlaced", 2),
                new AggregateRef("Order", "42"),
                "orders",
                "/orders",
                Instant.EPOCH,
                EventPayload.json("secret".getBytes(StandardCharsets.UTF_8)),
                Map.of("traceparent", TRACEPARENT));
        EventLogFields.of(event).run(this::log);
        assertThat(logged)
                .isEqualTo(Map.of(
                        "eventId", event.id().toString(),
                        "eventType", "OrderPlaced",
                        "aggregateType", "Order",
                        "traceId", "0af7651916cd43dd8448eb211c80319c"));
        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    @Test
    void whatWasThereBeforeIsThereAgain() {
        MDC.put("eventId", "outer");
        MDC.put("other", "kept");
        EventLogFields.of("inner", "OrderPlaced", null, null).run(this::log);
        assertThat(logged).isEqualTo(Map.of("eventId", "inner", "eventType", "OrderPlaced", "other", "kept"));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("eventId", "outer", "other", "kept"));
    }

    @Test
    void theTraceOfTheTracerStays() {
        MDC.put("traceId", "of the tracer");
        EventLogFields.of("a", "OrderPlaced", "Order", TRACEPARENT).run(this::log);
        assertThat(logged).containsEntry("traceId", "of the tracer");
        assertThat(MDC.get("traceId")).isEqualTo("of the tracer");
    }

    @Test
    void whatIsNoContextHasNoTrace() {
        EventLogFields.of("a", "OrderPlaced", "Order", "00-").run(this::log);
        assertThat(logged).doesNotContainKey("traceId");
    }

    private void log() {
        Map<String, String> fields = MDC.getCopyOfContextMap();
        if (fields != null) {
            logged.putAll(fields);
        }
    }
}

package dev.outbox.test.contract;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventPayload;
import dev.outbox.upcast.PayloadReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes payloads as the service does. */
final class Payloads {

    private final PayloadReader reader;
    private final JsonMapper mapper;

    Payloads(PayloadReader reader, JsonMapper mapper) {
        this.reader = reader;
        this.mapper = mapper;
    }

    /**
     * {@return the stored payload as the service would write it today}
     *
     * @throws RuntimeException if it cannot be read; the message names the event and says why
     */
    JsonNode asToday(String stored, int version, DomainEventType type) {
        Object event = reader.read(EventPayload.json(stored.getBytes(StandardCharsets.UTF_8)), version, type);
        return mapper.readTree(mapper.writeValueAsBytes(event));
    }
}

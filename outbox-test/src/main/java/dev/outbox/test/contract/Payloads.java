package dev.outbox.test.contract;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.upcast.StoredEvent;
import dev.outbox.upcast.Upcasters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes payloads as the service does. */
final class Payloads {

    /** Steps are pure: an identity is asked for, but makes no difference. */
    private static final String SAMPLE_ID = "sample";

    private final Upcasters upcasters;
    private final JsonMapper mapper;

    Payloads(Upcasters upcasters, JsonMapper mapper) {
        this.upcasters = upcasters;
        this.mapper = mapper;
    }

    /**
     * {@return the stored payload as the service would write it today; none if it is dropped or has moved to another type,
     * several if it is split}
     *
     * @throws RuntimeException if it cannot be read; the message names the event and says why
     */
    List<JsonNode> asToday(String stored, int version, DomainEventType type) {
        EventType storedType = new EventType(type.eventType().name(), version);
        EventPayload payload = EventPayload.json(stored.getBytes(StandardCharsets.UTF_8));
        return upcasters
                .readerFor(List.of(type))
                .read(new StoredEvent(SAMPLE_ID, storedType, payload, Map.of()))
                .stream()
                .map(read -> mapper.readTree(mapper.writeValueAsBytes(read.event())))
                .toList();
    }
}

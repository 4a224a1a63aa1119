package dev.outbox.test.contract;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.format.ExactDecimals;
import dev.outbox.internal.format.PayloadFormats;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.internal.upcast.Upcasters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes payloads as the service does. */
final class Payloads {

    /** Steps are pure: an id is required, but makes no difference. */
    private static final String SAMPLE_ID = "sample";

    private final Upcasters upcasters;
    private final PayloadFormats formats;
    private final JsonMapper mapper;

    Payloads(Upcasters upcasters, PayloadFormats formats, JsonMapper mapper) {
        this.upcasters = upcasters;
        this.formats = formats;
        this.mapper = ExactDecimals.in(mapper);
    }

    /**
     * {@return the stored payload as the service would write it today; none if it is dropped or has moved to another type,
     * several if it is split}
     *
     * @throws RuntimeException if it cannot be read; the message names the event and says why
     */
    List<JsonNode> asToday(String stored, int version, DomainEventType type) {
        EventType storedType = new EventType(type.eventType().name(), version);
        EventPayload payload = payload(stored, storedType, formats.writing(type));
        return upcasters
                .readerFor(List.of(type))
                .read(new EncodedEvent(SAMPLE_ID, storedType, payload, Map.of()))
                .stream()
                .map(read -> mapper.readTree(mapper.writeValueAsBytes(read.event())))
                .toList();
    }

    /** A sample is always JSON; an event that is published in another format is read in that format. */
    private EventPayload payload(String stored, EventType type, PayloadFormat format) {
        return format.schemaOf(type).isEmpty()
                ? EventPayload.json(stored.getBytes(StandardCharsets.UTF_8))
                : EventPayload.of(format.contentType(), format.write(mapper.readValue(stored, ObjectNode.class), type));
    }
}

package dev.outbox.capture;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventPayload;
import tools.jackson.databind.json.JsonMapper;

/** Writes events as JSON with the mapper of the application. */
final class JacksonPayloadSerializer implements PayloadSerializer {

    private final JsonMapper mapper;

    JacksonPayloadSerializer(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public EventPayload serialize(DomainEventType type, Object event) {
        return EventPayload.json(mapper.writeValueAsBytes(event));
    }
}

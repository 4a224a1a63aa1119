package dev.outbox.internal.format;

import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.internal.domain.DomainEventType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON, with the service's own mapper. Reads {@code application/json} and every content type that ends in {@code +json}. */
final class JsonPayloadFormat implements PayloadFormat {

    private final JsonMapper mapper;
    private final JsonMapper trees;

    JsonPayloadFormat(JsonMapper mapper) {
        this.mapper = mapper;
        this.trees = ExactDecimals.in(mapper);
    }

    @Override
    public String contentType() {
        return EventPayload.JSON;
    }

    @Override
    public boolean reads(String contentType) {
        try {
            MimeType type = MimeTypeUtils.parseMimeType(contentType);
            return type.isCompatibleWith(MimeTypeUtils.APPLICATION_JSON) || "json".equals(type.getSubtypeSuffix());
        } catch (InvalidMimeTypeException unknown) {
            return false;
        }
    }

    @Override
    public byte[] write(Object event, DomainEventType type) {
        return mapper.writeValueAsBytes(event);
    }

    @Override
    public byte[] write(ObjectNode payload, EventType type) {
        return trees.writeValueAsBytes(payload);
    }

    @Override
    public Object bind(byte[] payload, EventType stored, DomainEventType type) {
        return mapper.readValue(payload, type.javaType());
    }

    @Override
    public Object bind(ObjectNode payload, DomainEventType type) {
        return mapper.readerFor(type.javaType()).readValue(payload);
    }

    @Override
    public ObjectNode readTree(byte[] payload, EventType stored) {
        return trees.readValue(payload, ObjectNode.class);
    }
}

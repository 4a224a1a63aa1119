package dev.outbox.upcast;

import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON, read by the service's own mapper: {@code application/json} and whatever ends in {@code +json}. */
final class JsonPayloadFormat implements PayloadFormat {

    private final JsonMapper mapper;

    JsonPayloadFormat(JsonMapper mapper) {
        this.mapper = mapper;
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
    public Object bind(byte[] payload, Class<?> type) {
        return mapper.readValue(payload, type);
    }

    @Override
    public ObjectNode readTree(byte[] payload) {
        return mapper.readValue(payload, ObjectNode.class);
    }

    @Override
    public Object bind(ObjectNode payload, Class<?> type) {
        return mapper.treeToValue(payload, type);
    }
}

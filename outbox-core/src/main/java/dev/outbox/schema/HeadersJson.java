package dev.outbox.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts headers to and from the JSON object in the table, where no headers are stored as null. Thread-safe.
 *
 * @since 0.1.0
 */
public final class HeadersJson {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** Not the service's own mapper: the table's format must not change with a service's settings. */
    private final JsonMapper mapper = JsonMapper.shared();

    /** Creates an instance with Jackson's shared mapper. */
    public HeadersJson() {}

    /** {@return the column value for these headers} */
    public @Nullable String write(Map<String, String> headers) {
        return headers.isEmpty() ? null : mapper.writeValueAsString(headers);
    }

    /** {@return the headers in this column value} */
    public Map<String, String> read(@Nullable String json) {
        return json == null ? Map.of() : mapper.readValue(json, HEADERS);
    }
}

package dev.outbox.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Headers as the JSON object that the table holds; none at all is null there. */
final class HeadersJson {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** Not the service's own mapper: the table's format must not change with a service's settings. */
    private final JsonMapper mapper = JsonMapper.shared();

    @Nullable
    String write(Map<String, String> headers) {
        return headers.isEmpty() ? null : mapper.writeValueAsString(headers);
    }

    Map<String, String> read(@Nullable String json) {
        return json == null ? Map.of() : mapper.readValue(json, HEADERS);
    }
}

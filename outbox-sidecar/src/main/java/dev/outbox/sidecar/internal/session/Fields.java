package dev.outbox.sidecar.internal.session;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a request says, as parameters or as a body. Fields without a value are left out. */
public final class Fields {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Object> values = new LinkedHashMap<>();

    public static Fields none() {
        return new Fields();
    }

    public Fields with(String name, @Nullable Object value) {
        if (value != null) {
            // Times are texts, and so are names of constants.
            values.put(name, value instanceof Number ? value : value.toString());
        }
        return this;
    }

    String query() {
        return values.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue().toString()))
                .collect(Collectors.joining("&", values.isEmpty() ? "" : "?", ""));
    }

    String json() {
        return JSON.writeValueAsString(values);
    }

    /** {@return a text as a part of an address} */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.outbox.console.internal.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts what a catalog has into words, for a page. */
public final class ShownCatalog {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** {@return a value as JSON, to be read by people} */
    public String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** {@return what is known, or that nothing is} */
    public String known(@Nullable Object value) {
        if (value instanceof List<?> several) {
            return several.isEmpty()
                    ? "not known"
                    : String.join(", ", several.stream().map(String::valueOf).toList());
        }
        return value == null || String.valueOf(value).isBlank() ? "not known" : String.valueOf(value);
    }
}

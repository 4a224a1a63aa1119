package dev.outbox.internal.format;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trees that keep numbers exactly as they are written, such as {@code 12345678901234567.89} and {@code 0.10}. By default,
 * Jackson turns them into a {@code double}, which must not happen to a payload in a step between two versions.
 */
public final class ExactDecimals {

    private ExactDecimals() {}

    /** {@return a mapper like the given one, whose trees are exact} */
    public static JsonMapper in(JsonMapper mapper) {
        return mapper.rebuild()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}

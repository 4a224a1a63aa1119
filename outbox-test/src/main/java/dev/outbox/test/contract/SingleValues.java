package dev.outbox.test.contract;

import com.fasterxml.classmate.ResolvedType;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatTypes;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shapes of types that the generator takes for objects, but the mapper writes as one text, number or boolean: a currency, a
 * year, a class with {@code @JsonValue}. The mapper is asked.
 */
final class SingleValues implements CustomDefinitionProviderV2 {

    /** Types that the generator knows as texts, most of them with a format. */
    private static final Set<Class<?>> KNOWN_TEXTS = Set.of(
            Date.class,
            Duration.class,
            Instant.class,
            LocalDate.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            OffsetTime.class,
            Period.class,
            URI.class,
            UUID.class,
            ZoneId.class,
            ZonedDateTime.class);

    private final JsonMapper mapper;

    SingleValues(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public @Nullable CustomDefinition provideCustomSchemaDefinition(
            ResolvedType type, SchemaGenerationContext context) {
        ObjectNode shape = shapeOf(type.getErasedType());
        return shape == null
                ? null
                : new CustomDefinition(
                        shape, CustomDefinition.INLINE_DEFINITION, CustomDefinition.INCLUDING_ATTRIBUTES);
    }

    private @Nullable ObjectNode shapeOf(Class<?> type) {
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        if (type == byte[].class) {
            return shape.put("type", "string").put("format", "byte");
        }
        if (isKnown(type)) {
            return null;
        }
        Written written = new Written();
        mapper.acceptJsonFormatVisitor(type, written);
        boolean isKnownText = written.is(JsonFormatTypes.STRING) && (type.isEnum() || KNOWN_TEXTS.contains(type));
        if (written.type == null || isKnownText) {
            return null;
        }
        shape.put("type", written.type.value());
        // A time without an offset is none in the sense of the format "time".
        return type == LocalTime.class && written.is(JsonFormatTypes.STRING)
                ? shape.put("format", "time-local")
                : shape;
    }

    private static boolean isKnown(Class<?> type) {
        return type.isPrimitive()
                || type.isArray()
                || type == Optional.class
                || type == Boolean.class
                || type == Character.class
                || CharSequence.class.isAssignableFrom(type)
                || Number.class.isAssignableFrom(type);
    }

    /** What the mapper says that it writes; nothing if that is no single value. */
    private static final class Written extends JsonFormatVisitorWrapper.Base {

        private @Nullable JsonFormatTypes type;

        boolean is(JsonFormatTypes expected) {
            return type == expected;
        }

        @Override
        public JsonStringFormatVisitor expectStringFormat(JavaType hint) {
            type = JsonFormatTypes.STRING;
            return super.expectStringFormat(hint);
        }

        @Override
        public JsonNumberFormatVisitor expectNumberFormat(JavaType hint) {
            type = JsonFormatTypes.NUMBER;
            return super.expectNumberFormat(hint);
        }

        @Override
        public JsonIntegerFormatVisitor expectIntegerFormat(JavaType hint) {
            type = JsonFormatTypes.INTEGER;
            return super.expectIntegerFormat(hint);
        }

        @Override
        public JsonBooleanFormatVisitor expectBooleanFormat(JavaType hint) {
            type = JsonFormatTypes.BOOLEAN;
            return super.expectBooleanFormat(hint);
        }
    }
}

package dev.outbox.test.contract;

import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import dev.outbox.domain.Personal;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shapes of events as JSON Schema 2020-12. The service's own mapper decides about names, about what is
 * left out, and about what is written as a single value. A
 * member is required unless it is marked {@code @Nullable}, by any annotation of that name, or is an {@link Optional}:
 * consumers may count on members that are not marked.
 */
final class EventSchemas {

    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    private static final String PERSONAL = "x-personal";

    private final JsonMapper mapper;
    private final SchemaGenerator generator;
    private final Map<Class<?>, Map<String, String>> namesByField = new ConcurrentHashMap<>();

    EventSchemas(JsonMapper mapper) {
        this.mapper = mapper;
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        mapper, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE,
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.IGNORE_PROPERTY_NAMING_STRATEGY))
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(Option.FLATTENED_OPTIONALS);
        config.forTypesInGeneral().withCustomDefinitionProvider(new SingleValues(mapper));
        config.forFields()
                .withIgnoreCheck(field -> nameOf(field) == null)
                .withPropertyNameOverrideResolver(this::nameOf)
                .withRequiredCheck(field -> !isNullable(field))
                .withNullableCheck(EventSchemas::isNullable)
                .withInstanceAttributeOverride((schema, field, context) -> markPersonal(schema, field));
        this.generator = new SchemaGenerator(config.build());
    }

    ObjectNode of(Class<?> type) {
        return generator.generateSchema(type);
    }

    /** {@return the mapper's name for the field; null if it leaves the field out} */
    private @Nullable String nameOf(FieldScope field) {
        Class<?> declaring = field.getRawMember().getDeclaringClass();
        return namesByField.computeIfAbsent(declaring, this::names).get(field.getDeclaredName());
    }

    private Map<String, String> names(Class<?> declaring) {
        SerializationConfig config = mapper.serializationConfig();
        JavaType type = mapper.constructType(declaring);
        ClassIntrospector introspector = config.classIntrospectorInstance();
        Map<String, String> names = new ConcurrentHashMap<>();
        for (BeanPropertyDefinition property : introspector
                .introspectForSerialization(type, introspector.introspectClassAnnotations(type))
                .findProperties()) {
            if (property.getAccessor() != null) {
                String field = property.getField() == null
                        ? property.getInternalName()
                        : property.getField().getName();
                names.put(field, property.getName());
            }
        }
        return names;
    }

    /** What consumers without the key find null, and others as the schema says. */
    private static void markPersonal(ObjectNode schema, FieldScope field) {
        if (!field.isFakeContainerItemScope() && field.getRawMember().isAnnotationPresent(Personal.class)) {
            schema.put(PERSONAL, true);
        }
    }

    private static boolean isNullable(FieldScope field) {
        if (field.isFakeContainerItemScope()) {
            return false;
        }
        Field member = field.getRawMember();
        AnnotatedType type = member.getAnnotatedType();
        return OPTIONALS.contains(member.getType())
                || Stream.of(member.getAnnotations(), type.getAnnotations())
                        .flatMap(Arrays::stream)
                        .map(Annotation::annotationType)
                        .anyMatch(annotation -> annotation
                                .getSimpleName()
                                .toLowerCase(Locale.ROOT)
                                .equals("nullable"));
    }
}

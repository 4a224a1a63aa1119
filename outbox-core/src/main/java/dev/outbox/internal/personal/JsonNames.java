package dev.outbox.internal.personal;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** The names that members of classes have in JSON. Thread-safe. */
final class JsonNames {

    private final JsonMapper mapper;
    private final Map<Class<?>, Map<String, String>> byClass = new ConcurrentHashMap<>();

    JsonNames(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** {@return the name of a member in JSON; its own name if Jackson knows no such member} */
    String of(Class<?> type, String member) {
        return byClass.computeIfAbsent(type, this::namesOf).getOrDefault(member, member);
    }

    private Map<String, String> namesOf(Class<?> type) {
        SerializationConfig config = mapper.serializationConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance().forOperation(config);
        JavaType javaType = mapper.constructType(type);
        AnnotatedClass annotated = introspector.introspectClassAnnotations(javaType);
        Map<String, String> names = new HashMap<>();
        for (BeanPropertyDefinition property :
                introspector.introspectForSerialization(javaType, annotated).findProperties()) {
            names.put(property.getInternalName(), property.getName());
        }
        return names;
    }
}

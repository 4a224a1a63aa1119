package dev.outbox.internal.domain;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Converts ids of one type to the text that is their identity. A value object's own text would put its class name into the key.
 */
@FunctionalInterface
interface AggregateIdText {

    /** Types whose text is the identity itself. */
    Set<Class<?>> PLAIN_TYPES =
            Set.of(String.class, UUID.class, Long.class, Integer.class, Short.class, Byte.class, BigInteger.class);

    /** {@return the text of an id; null if it holds none} */
    @Nullable
    String of(Object id);

    /**
     * {@return how ids of a type are converted to text: by the service's converter, directly, or by their single component;
     * null if none of these applies}
     */
    static @Nullable AggregateIdText ofType(Class<?> declared, AggregateIdConverters converters) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(declared);
        Converter<Object, String> converter = converters.find(type);
        if (converter != null) {
            return converter::convert;
        }
        if (PLAIN_TYPES.contains(type)) {
            return Object::toString;
        }
        if (type.isEnum()) {
            return id -> ((Enum<?>) id).name();
        }
        return type.isRecord() ? ofComponent(type.getRecordComponents(), converters) : null;
    }

    private static @Nullable AggregateIdText ofComponent(
            RecordComponent[] components, AggregateIdConverters converters) {
        if (components.length != 1) {
            return null;
        }
        AggregateIdText text = ofType(components[0].getType(), converters);
        Method accessor = components[0].getAccessor();
        accessor.setAccessible(true);
        return text == null
                ? null
                : id -> {
                    Object value = ReflectionUtils.invokeMethod(accessor, id);
                    return value == null ? null : text.of(value);
                };
    }
}

package dev.outbox.domain;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Reads the {@link AggregateId} of an event. */
final class AggregateIdAccessor {

    /** Types whose text is the identity itself; a value object would print its class name into the key. */
    private static final Set<Class<?>> ID_TYPES =
            Set.of(String.class, UUID.class, Long.class, Integer.class, BigInteger.class);

    private final AccessibleObject member;

    private AggregateIdAccessor(AccessibleObject member) {
        this.member = member;
    }

    /**
     * {@return the accessor for a class; null if the class marks no id, which is fine for one that only consumes}
     *
     * @throws InvalidDomainEventException if several members are marked or the type cannot serve as a key
     */
    static @Nullable AggregateIdAccessor of(Class<?> eventClass) {
        // A marked record component shows up as its accessor and as its field: the accessor will do.
        List<AccessibleObject> marked = markedMethods(eventClass);
        if (marked.isEmpty()) {
            marked = markedFields(eventClass);
        }
        if (marked.size() > 1) {
            throw new InvalidDomainEventException(
                    eventClass + " marks several members with @AggregateId: " + marked,
                    "Keep the annotation on the one that identifies the aggregate.");
        }
        if (marked.isEmpty()) {
            return null;
        }
        AccessibleObject member = marked.get(0);
        Class<?> type = member instanceof Method method ? method.getReturnType() : ((Field) member).getType();
        if (!ID_TYPES.contains(ClassUtils.resolvePrimitiveIfNecessary(type))) {
            throw new InvalidDomainEventException(
                    "The @AggregateId of %s is a %s, whose text is not an identity"
                            .formatted(eventClass, type.getName()),
                    "Use String, UUID, Long, Integer or BigInteger, or mark a method that returns one of them.");
        }
        member.setAccessible(true);
        return new AggregateIdAccessor(member);
    }

    @Nullable
    String read(Object event) {
        Object id = member instanceof Method method
                ? ReflectionUtils.invokeMethod(method, event)
                : ReflectionUtils.getField((Field) member, event);
        return id == null ? null : id.toString();
    }

    private static List<AccessibleObject> markedMethods(Class<?> eventClass) {
        List<AccessibleObject> marked = new ArrayList<>();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(eventClass)) {
            if (method.isAnnotationPresent(AggregateId.class) && method.getParameterCount() == 0) {
                marked.add(method);
            }
        }
        return marked;
    }

    private static List<AccessibleObject> markedFields(Class<?> eventClass) {
        List<AccessibleObject> marked = new ArrayList<>();
        ReflectionUtils.doWithFields(eventClass, marked::add, field -> field.isAnnotationPresent(AggregateId.class));
        return marked;
    }
}

package dev.outbox.internal.domain;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Nullness;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** A member of an event class, such as one that is marked with {@link AggregateId} or {@link AggregateSequence}. */
final class MarkedMember {

    private static final Set<Class<?>> SEQUENCE_TYPES = Set.of(Long.class, Integer.class);

    private final AccessibleObject member;

    private MarkedMember(AccessibleObject member) {
        this.member = member;
    }

    /**
     * {@return the {@link AggregateId} of a class; null if it marks none, which is fine for a class that is only consumed}
     *
     * @throws InvalidDomainEventException if several members are marked
     */
    static @Nullable MarkedMember aggregateIdOf(Class<?> eventClass) {
        return of(eventClass, AggregateId.class);
    }

    /**
     * {@return the {@link AggregateSequence} of a class; null if it marks none, because the outbox counts}
     *
     * @throws InvalidDomainEventException if several members are marked or the type cannot be used as a count
     */
    static @Nullable MarkedMember aggregateSequenceOf(Class<?> eventClass) {
        MarkedMember sequence = of(eventClass, AggregateSequence.class);
        if (sequence != null && !sequence.isOneOf(SEQUENCE_TYPES)) {
            throw new InvalidDomainEventException(
                    "The @AggregateSequence of %s is a %s, which cannot count events"
                            .formatted(eventClass, sequence.type().getName()),
                    "Use long, int, Long or Integer, or mark a method that returns one of them.");
        }
        return sequence;
    }

    private static @Nullable MarkedMember of(Class<?> eventClass, Class<? extends Annotation> annotation) {
        // A marked record component appears both as its accessor and as its field; the accessor is enough.
        List<AccessibleObject> marked = markedMethods(eventClass, annotation);
        if (marked.isEmpty()) {
            marked = markedFields(eventClass, annotation);
        }
        if (marked.size() > 1) {
            throw new InvalidDomainEventException(
                    "%s marks several members with @%s: %s".formatted(eventClass, annotation.getSimpleName(), marked),
                    "Keep the annotation on one of them.");
        }
        if (marked.isEmpty()) {
            return null;
        }
        return accessible(marked.get(0));
    }

    /** {@return all members with an annotation, by name; a getter has the name of its property} */
    static Map<String, MarkedMember> allOf(Class<?> eventClass, Class<? extends Annotation> annotation) {
        Map<String, MarkedMember> byName = new TreeMap<>();
        for (AccessibleObject member : markedFields(eventClass, annotation)) {
            byName.put(nameOf(member), accessible(member));
        }
        for (AccessibleObject member : markedMethods(eventClass, annotation)) {
            byName.put(nameOf(member), accessible(member));
        }
        return byName;
    }

    /** {@return the method without parameters, or the field, of that name; empty if there is none} */
    static Optional<MarkedMember> named(Class<?> eventClass, String name) {
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(eventClass)) {
            boolean isIt = method.getParameterCount() == 0 && method.getReturnType() != void.class;
            if (isIt && (method.getName().equals(name) || nameOf(method).equals(name))) {
                return Optional.of(accessible(method));
            }
        }
        return Optional.ofNullable(ReflectionUtils.findField(eventClass, name)).map(MarkedMember::accessible);
    }

    private static MarkedMember accessible(AccessibleObject member) {
        member.setAccessible(true);
        return new MarkedMember(member);
    }

    private static String nameOf(AccessibleObject member) {
        if (member instanceof Field field) {
            return field.getName();
        }
        Method method = (Method) member;
        String name = method.getName();
        boolean isOfRecord = method.getDeclaringClass().isRecord();
        if (!isOfRecord && name.startsWith("get") && name.length() > 3) {
            return Introspector.decapitalize(name.substring(3));
        }
        return name;
    }

    /** {@return its annotation} */
    <A extends Annotation> A annotation(Class<A> annotation) {
        return Objects.requireNonNull(member.getAnnotation(annotation));
    }

    /** {@return whether it is declared to be null sometimes} */
    boolean isNullable() {
        Nullness nullness = member instanceof Method method
                ? Nullness.forMethodReturnType(method)
                : Nullness.forField((Field) member);
        return nullness == Nullness.NULLABLE;
    }

    /** {@return its value in an event} */
    @Nullable
    Object read(Object event) {
        return member instanceof Method method
                ? ReflectionUtils.invokeMethod(method, event)
                : ReflectionUtils.getField((Field) member, event);
    }

    /** {@return its declared type} */
    Class<?> type() {
        return member instanceof Method method ? method.getReturnType() : ((Field) member).getType();
    }

    private boolean isOneOf(Set<Class<?>> types) {
        return types.contains(ClassUtils.resolvePrimitiveIfNecessary(type()));
    }

    private static List<AccessibleObject> markedMethods(Class<?> eventClass, Class<? extends Annotation> annotation) {
        List<AccessibleObject> marked = new ArrayList<>();
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(eventClass)) {
            if (method.isAnnotationPresent(annotation) && method.getParameterCount() == 0) {
                marked.add(method);
            }
        }
        return marked;
    }

    private static List<AccessibleObject> markedFields(Class<?> eventClass, Class<? extends Annotation> annotation) {
        List<AccessibleObject> marked = new ArrayList<>();
        ReflectionUtils.doWithFields(eventClass, marked::add, field -> field.isAnnotationPresent(annotation));
        return marked;
    }
}

package dev.outbox.internal.domain;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Finds marks that would do nothing: of a nested class, nothing is encrypted by itself. */
final class NestedPersonal {

    private final Class<?> eventClass;
    private final Set<Class<?>> seen = new HashSet<>();

    private NestedPersonal(Class<?> eventClass) {
        this.eventClass = eventClass;
    }

    /**
     * @throws InvalidDomainEventException if a class that the members of an event lead to marks a member of its own
     */
    static void refuseIn(Class<?> eventClass) {
        NestedPersonal nested = new NestedPersonal(eventClass);
        nested.seen.add(eventClass);
        nested.visitFields(eventClass);
    }

    private void visitFields(Class<?> type) {
        for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            Arrays.stream(each.getDeclaredFields()).map(Field::getGenericType).forEach(this::visit);
        }
    }

    private void visit(Type type) {
        if (type instanceof Class<?> known) {
            visitClass(known.isArray() ? known.componentType() : known);
        } else if (type instanceof ParameterizedType generic) {
            visit(generic.getRawType());
            Arrays.stream(generic.getActualTypeArguments()).forEach(this::visit);
        } else if (type instanceof GenericArrayType array) {
            visit(array.getGenericComponentType());
        } else if (type instanceof WildcardType wildcard) {
            Arrays.stream(wildcard.getUpperBounds()).forEach(this::visit);
        }
    }

    private void visitClass(Class<?> type) {
        if (type.isPrimitive() || type.isEnum() || type.getName().startsWith("java.") || !seen.add(type)) {
            return;
        }
        boolean isMarked = Arrays.stream(type.getDeclaredFields()).anyMatch(PersonalMember::isMarked)
                || Arrays.stream(type.getDeclaredMethods())
                        .anyMatch((Method method) -> PersonalMember.isMarked(method));
        if (isMarked) {
            throw new InvalidDomainEventException(
                    "%s marks members with @Personal, but it is only a part of %s, and nothing would encrypt them"
                            .formatted(type.getName(), eventClass.getName()),
                    "Mark the member of %s that leads to it: it is encrypted with everything in it."
                            .formatted(eventClass.getSimpleName()));
        }
        visitFields(type);
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(this::visit);
        }
    }
}

package dev.outbox.internal.upcast;

import dev.outbox.event.EventType;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.upcast.EventNode;
import dev.outbox.upcast.UnreadablePayloadException;
import dev.outbox.upcast.Upcaster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@link Upcaster} method.
 *
 * @param from the type and version that it reads
 * @param to what it may make; empty if it drops every event
 * @param method the method itself
 */
record UpcasterStep(EventType from, Set<EventType> to, BeanMethod method) {

    /**
     * {@return the step for the annotated method}
     *
     * @throws InvalidUpcasterException if the signature of the method is wrong, or the annotation does not fit it
     */
    static UpcasterStep of(BeanMethod method) {
        Upcaster upcaster = method.annotation(Upcaster.class);
        requireSignature(method);
        try {
            EventType from = new EventType(upcaster.type(), upcaster.from());
            Set<EventType> to = drops(method) ? Set.of() : targets(upcaster);
            requireFit(method, upcaster, to);
            return new UpcasterStep(from, to, method);
        } catch (IllegalArgumentException refused) {
            throw new InvalidUpcasterException(
                    "@Upcaster of %s: %s".formatted(method, refused.getMessage()), "Correct the annotation.");
        }
    }

    /** {@return what the event becomes, in order; the given payload may have been changed} */
    List<EventNode> apply(ObjectNode payload) {
        try {
            return results(method.invoke(payload));
        } catch (InvocationTargetException failed) {
            throw new UnreadablePayloadException(
                    "%s could not be upcast: %s failed".formatted(from, method), failed.getCause());
        }
    }

    private List<EventNode> results(@Nullable Object returned) {
        if (returned instanceof ObjectNode next) {
            return List.of(new EventNode(to.iterator().next(), next));
        }
        if (returned instanceof List<?> several) {
            return several(several);
        }
        if (drops(method)) {
            return List.of();
        }
        throw new UnreadablePayloadException("%s could not be upcast: %s returned null".formatted(from, method));
    }

    private List<EventNode> several(List<?> returned) {
        List<EventNode> events = new ArrayList<>();
        for (Object each : returned) {
            if (!(each instanceof EventNode event)) {
                throw new UnreadablePayloadException(
                        "%s could not be upcast: %s returned a list with null".formatted(from, method));
            }
            if (!to.contains(event.type())) {
                throw new UnreadablePayloadException(
                        "%s could not be upcast: %s returned %s, which its annotation does not name. Add %s to it."
                                .formatted(from, method, event.type(), annotation(event.type())));
            }
            events.add(event);
        }
        return events;
    }

    private static Set<EventType> targets(Upcaster upcaster) {
        return upcaster.to().length == 0
                ? Set.of(new EventType(upcaster.type(), upcaster.from() + 1))
                : Arrays.stream(upcaster.to())
                        .map(to -> new EventType(to.type(), to.version()))
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static void requireSignature(BeanMethod method) {
        Method declared = method.declared();
        boolean takesTree = declared.getParameterCount() == 1 && declared.getParameterTypes()[0] == ObjectNode.class;
        if (!takesTree || !(returnsTree(method) || returnsEvents(method) || drops(method))) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s does not take one ObjectNode and return an ObjectNode, a List<EventNode> or"
                                    .formatted(method)
                            + " nothing",
                    "Declare it as: ObjectNode %s(ObjectNode payload), with %s."
                            .formatted(declared.getName(), ObjectNode.class.getName()));
        }
    }

    private static void requireFit(BeanMethod method, Upcaster upcaster, Set<EventType> to) {
        if (drops(method) && upcaster.to().length > 0) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s returns nothing, which drops the event, but it names %s"
                            .formatted(method, targets(upcaster)),
                    "Return an ObjectNode or a List<EventNode>, or remove 'to' from the annotation.");
        }
        if (returnsTree(method) && to.size() > 1) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s returns one ObjectNode, but names several events: %s".formatted(method, to),
                    "Return a List<EventNode>, which holds the type of each payload.");
        }
    }

    private static boolean drops(BeanMethod method) {
        return method.declared().getReturnType() == void.class;
    }

    private static boolean returnsTree(BeanMethod method) {
        return method.declared().getReturnType() == ObjectNode.class;
    }

    private static boolean returnsEvents(BeanMethod method) {
        ResolvableType returned = ResolvableType.forMethodReturnType(method.declared());
        return returned.getRawClass() == List.class && returned.getGeneric(0).resolve() == EventNode.class;
    }

    private static String annotation(EventType type) {
        return "@Upcaster.To(type = \"%s\", version = %d)".formatted(type.name(), type.version());
    }
}

package dev.outbox.upcast;

import dev.outbox.bean.BeanMethod;
import dev.outbox.event.EventType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@link Upcaster} method.
 *
 * @param from what it reads; it makes the next version of it
 * @param method the method itself
 */
record UpcasterStep(EventType from, BeanMethod method) {

    /**
     * {@return the step that the annotated method makes}
     *
     * @throws InvalidUpcasterException if the method has another signature or the annotation names no event type
     */
    static UpcasterStep of(BeanMethod method) {
        Upcaster upcaster = method.annotation(Upcaster.class);
        Method declared = method.declared();
        if (declared.getReturnType() != ObjectNode.class
                || declared.getParameterCount() != 1
                || declared.getParameterTypes()[0] != ObjectNode.class) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s does not take one ObjectNode and return an ObjectNode".formatted(method),
                    "Declare it as: ObjectNode %s(ObjectNode payload), with %s."
                            .formatted(declared.getName(), ObjectNode.class.getName()));
        }
        try {
            return new UpcasterStep(new EventType(upcaster.type(), upcaster.from()), method);
        } catch (IllegalArgumentException refused) {
            throw new InvalidUpcasterException(
                    "@Upcaster of %s: %s".formatted(method, refused.getMessage()), "Correct the annotation.");
        }
    }

    ObjectNode apply(ObjectNode payload) {
        try {
            if (method.invoke(payload) instanceof ObjectNode next) {
                return next;
            }
        } catch (InvocationTargetException failed) {
            throw new UnreadablePayloadException(
                    "%s could not be upcast: %s failed".formatted(from, method), failed.getCause());
        }
        throw new UnreadablePayloadException("%s could not be upcast: %s returned null".formatted(from, method));
    }
}

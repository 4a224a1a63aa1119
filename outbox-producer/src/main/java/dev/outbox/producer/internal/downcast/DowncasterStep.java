package dev.outbox.producer.internal.downcast;

import dev.outbox.event.EventType;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.producer.downcast.Downcaster;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import tools.jackson.databind.node.ObjectNode;

/**
 * One {@link Downcaster} method.
 *
 * @param from what it reads
 * @param to the previous version
 * @param method the method itself
 */
record DowncasterStep(EventType from, EventType to, BeanMethod method) {

    /**
     * {@return the step that the annotated method performs}
     *
     * @throws InvalidDowncasterException if the method has the wrong signature, or the annotation does not name an event type
     *     with a previous version
     */
    static DowncasterStep of(BeanMethod method) {
        Downcaster downcaster = method.annotation(Downcaster.class);
        Method declared = method.declared();
        if (declared.getReturnType() != ObjectNode.class
                || declared.getParameterCount() != 1
                || declared.getParameterTypes()[0] != ObjectNode.class) {
            throw new InvalidDowncasterException(
                    "@Downcaster method %s does not take one ObjectNode and return an ObjectNode".formatted(method),
                    "Declare it as: ObjectNode %s(ObjectNode payload), with %s."
                            .formatted(declared.getName(), ObjectNode.class.getName()));
        }
        try {
            return new DowncasterStep(
                    new EventType(downcaster.type(), downcaster.from()),
                    new EventType(downcaster.type(), downcaster.from() - 1),
                    method);
        } catch (IllegalArgumentException refused) {
            throw new InvalidDowncasterException(
                    "@Downcaster of %s: %s".formatted(method, refused.getMessage()), "Correct the annotation.");
        }
    }

    ObjectNode apply(ObjectNode payload) {
        try {
            if (method.invoke(payload) instanceof ObjectNode previous) {
                return previous;
            }
        } catch (InvocationTargetException failed) {
            throw new DowncastFailedException(
                    "%s could not be downcast: %s failed".formatted(from, method), failed.getCause());
        }
        throw new DowncastFailedException("%s could not be downcast: %s returned null".formatted(from, method), null);
    }
}

package dev.outbox.consumer.internal.handler;

import dev.outbox.consumer.DomainEventHandler;
import dev.outbox.consumer.EventMetadata;
import dev.outbox.internal.bean.BeanMethod;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.OrderUtils;

/**
 * A method annotated with {@link DomainEventHandler}.
 *
 * @param method the method
 * @param type the event that it understands
 * @param order its place among the handlers of the same event, lowest first
 * @param declaration its annotation
 */
public record EventHandlerMethod(BeanMethod method, DomainEventType type, int order, DomainEventHandler declaration) {

    /**
     * {@return the handler for the annotated method}
     *
     * @throws InvalidInboxException if its signature is wrong, or its event type is not declared
     */
    public static EventHandlerMethod of(BeanMethod method, DomainEventTypes types) {
        Method declared = method.declared();
        requireSignature(method, declared);
        DomainEventHandler declaration = method.annotation(DomainEventHandler.class);
        requireAttempts(method, declaration);
        Class<?> eventClass = declared.getParameterTypes()[0];
        DomainEventType type = types.find(eventClass)
                .orElseThrow(() -> new InvalidInboxException(
                        "@DomainEventHandler method %s takes a %s, which is not a declared domain event"
                                .formatted(method, eventClass.getName()),
                        "Annotate that class with @DomainEvent, and if it lies outside of the packages of the application,"
                                + " add its package to outbox.packages."));
        requireConcrete(method, eventClass);
        return new EventHandlerMethod(method, type, orderOf(declared), declaration);
    }

    public void handle(Object payload, EventMetadata metadata) {
        try {
            if (method.declared().getParameterCount() == 1) {
                method.invoke(payload);
            } else {
                method.invoke(payload, metadata);
            }
        } catch (InvocationTargetException failed) {
            throw new EventHandlingException(
                    "%s failed to handle %s".formatted(method, metadata), failed.getCause(), this);
        }
    }

    private static void requireAttempts(BeanMethod method, DomainEventHandler declaration) {
        if (declaration.attempts() < 0) {
            throw new InvalidInboxException(
                    "@DomainEventHandler method %s has %d attempts".formatted(method, declaration.attempts()),
                    "Set attempts to at least 1, or leave it out.");
        }
    }

    private static void requireSignature(BeanMethod method, Method declared) {
        Class<?>[] parameters = declared.getParameterTypes();
        boolean event = parameters.length == 1;
        boolean eventAndMetadata = parameters.length == 2 && parameters[1] == EventMetadata.class;
        if (!(event || eventAndMetadata) || declared.getReturnType() != void.class) {
            throw new InvalidInboxException(
                    "@DomainEventHandler method %s has an unsupported signature: %s".formatted(method, declared),
                    "Declare it as void %s(<class of the event> event), or with EventMetadata as second parameter."
                            .formatted(declared.getName()));
        }
    }

    /** The type of a payload is known only by its name, so nothing would fill in the type parameters of the class. */
    private static void requireConcrete(BeanMethod method, Class<?> eventClass) {
        if (eventClass.getTypeParameters().length > 0) {
            throw new InvalidInboxException(
                    "@DomainEventHandler method %s takes the generic class %s: values of its type parameters would be read as maps"
                            .formatted(method, eventClass.getName()),
                    "Declare a class without type parameters with @DomainEvent, such as one that extends %s with them filled in, and"
                                    .formatted(eventClass.getSimpleName())
                            + " use that as the parameter of the method.");
        }
    }

    private static int orderOf(Method declared) {
        Integer onMethod = OrderUtils.getOrder(declared);
        return onMethod != null
                ? onMethod
                : OrderUtils.getOrder(declared.getDeclaringClass(), Ordered.LOWEST_PRECEDENCE);
    }
}

package dev.outbox.setup;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Stands in for what a service injects, where {@code outbox.enabled} is false: the service starts, as in a test on H2, and
 * only who calls it is refused.
 */
public final class SwitchedOff {

    private SwitchedOff() {}

    /** {@return an object of this interface, each method of which is refused with an {@link IllegalStateException}} */
    public static <T> T refusing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(proxy, method, arguments, type)
                        : refuse(method)));
    }

    /** {@return the refusal of whoever calls this} */
    public static IllegalStateException refusal(String called) {
        return new IllegalStateException(
                ("%s cannot be called, as outbox.enabled is false. Set it to true where there is"
                                + " PostgreSQL, or do not call it.")
                        .formatted(called));
    }

    private static Object refuse(Method method) {
        throw refusal("%s.%s".formatted(method.getDeclaringClass().getSimpleName(), method.getName()));
    }

    private static Object ofObject(Object proxy, Method method, Object[] arguments, Class<?> type) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> type.getSimpleName() + ", switched off";
        };
    }
}

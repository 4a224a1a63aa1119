package dev.outbox.internal.check;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.core.env.PropertyResolver;

/**
 * Replaces an injected bean that a property has switched off. The service starts, for example in a test on H2 or next to a
 * sidecar, and only calls to the bean are refused.
 */
public final class SwitchedOff {

    private final String property;

    private SwitchedOff(String property) {
        this.property = property;
    }

    /** {@return a replacement for what the first false property among these has switched off; one of them must be false} */
    public static SwitchedOff by(PropertyResolver settings, String... properties) {
        for (String property : properties) {
            if (!settings.getProperty(property, Boolean.class, true)) {
                return new SwitchedOff(property);
            }
        }
        throw new IllegalStateException("None is false: " + String.join(", ", properties));
    }

    /** {@return an object of this interface that refuses each of its methods with an {@link IllegalStateException}} */
    public <T> T refusing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(proxy, method, arguments, type)
                        : refuse(method)));
    }

    /** {@return the exception that refuses this call} */
    public IllegalStateException refusal(String called) {
        return new IllegalStateException(
                "%s cannot be called, because %s is false. Set it to true where there is PostgreSQL, or do not call it."
                        .formatted(called, property));
    }

    private Object refuse(Method method) {
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

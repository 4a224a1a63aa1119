package dev.outbox.setup;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.springframework.core.env.PropertyResolver;

/**
 * Stands in for what a service injects, where a property has switched that off: the service starts, as in a test on H2 or
 * beside a sidecar, and only who calls it is refused.
 */
public final class SwitchedOff {

    private final String property;

    private SwitchedOff(String property) {
        this.property = property;
    }

    /** {@return what the first of these properties that is false has switched off, where one of them is known to be} */
    public static SwitchedOff by(PropertyResolver settings, String... properties) {
        for (String property : properties) {
            if (!settings.getProperty(property, Boolean.class, true)) {
                return new SwitchedOff(property);
            }
        }
        throw new IllegalStateException("None is false: " + String.join(", ", properties));
    }

    /** {@return an object of this interface, each method of which is refused with an {@link IllegalStateException}} */
    public <T> T refusing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? ofObject(proxy, method, arguments, type)
                        : refuse(method)));
    }

    /** {@return the refusal of whoever calls this} */
    public IllegalStateException refusal(String called) {
        return new IllegalStateException(
                "%s cannot be called, as %s is false. Set it to true where there is PostgreSQL, or do not call it."
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

package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.eventstore.aggregate.Evolve;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * One {@link Evolve} method.
 *
 * @param method the method itself
 * @param event the type of the event that it takes
 * @param needsState whether it is called on, or with, the state before the event
 */
record EvolveMethod(Method method, Class<?> event, boolean needsState) {

    /**
     * {@return the annotated method of a state}
     *
     * @throws InvalidAggregateException if its signature is wrong
     */
    static EvolveMethod of(Class<?> state, Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Class<?>[] parameters = method.getParameterTypes();
        boolean takesState = isStatic && parameters.length == 2 && parameters[0] == state;
        boolean isRight = (parameters.length == 1 || takesState)
                && (state.isAssignableFrom(method.getReturnType())
                        || (!isStatic && method.getReturnType() == void.class));
        if (!isRight) {
            throw new InvalidAggregateException(
                    "@Evolve method %s does not take an event and return the next %s"
                            .formatted(name(method), state.getSimpleName()),
                    "Declare it as: %1$s %2$s(<event>), or static %1$s %2$s(<event>) for an event that the aggregate begins with."
                            .formatted(state.getSimpleName(), method.getName()));
        }
        ReflectionUtils.makeAccessible(method);
        return new EvolveMethod(method, parameters[parameters.length - 1], !isStatic);
    }

    /** {@return the state after the event} */
    Object apply(@Nullable Object state, Object event) {
        Object next = invoke(state, event);
        if (method.getReturnType() != void.class) {
            if (next == null) {
                throw new IllegalStateException(
                        "%s returned null; the state after an event is never null".formatted(this));
            }
            return next;
        }
        if (state == null) {
            throw new IllegalStateException("%s was called without a state".formatted(this));
        }
        return state;
    }

    private @Nullable Object invoke(@Nullable Object state, Object event) {
        try {
            return method.getParameterCount() == 2 ? method.invoke(null, state, event) : method.invoke(state, event);
        } catch (InvocationTargetException failed) {
            throw failure(failed.getTargetException());
        } catch (IllegalAccessException refused) {
            throw new IllegalStateException("%s was made accessible, but cannot be called".formatted(this), refused);
        }
    }

    private RuntimeException failure(Throwable thrown) {
        return thrown instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("%s failed".formatted(this), thrown);
    }

    @Override
    public String toString() {
        return name(method);
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getName() + "." + method.getName();
    }
}

package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.eventstore.aggregate.Evolve;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * An {@link EventSourced} class: what each event makes of its state. Immutable.
 *
 * @param <S> the state
 */
public final class AggregateModel<S> {

    private final Class<S> state;
    private final EventSourced declaration;
    private final Map<Class<?>, EvolveMethod> methods;
    private final @Nullable Constructor<S> empty;
    private final List<DomainEventType> events;

    private AggregateModel(
            Class<S> state,
            EventSourced declaration,
            Map<Class<?>, EvolveMethod> methods,
            @Nullable Constructor<S> empty,
            List<DomainEventType> events) {
        this.state = state;
        this.declaration = declaration;
        this.methods = methods;
        this.empty = empty;
        this.events = List.copyOf(events);
    }

    /**
     * {@return the model of an annotated class}
     *
     * @param types the events that the service declares
     * @throws InvalidAggregateException if an event of the aggregate has no {@link Evolve} method, or more than one; if a method
     *     is for no event; or if no event could be the first one
     */
    public static <S> AggregateModel<S> of(Class<S> state, DomainEventTypes types) {
        EventSourced declaration = Objects.requireNonNull(state.getAnnotation(EventSourced.class));
        requireSensible(state, declaration);
        List<DomainEventType> events = types.all().stream()
                .filter(type -> type.hasAggregateId() && type.aggregate().equals(declaration.aggregate()))
                .toList();
        if (events.isEmpty()) {
            throw new InvalidAggregateException(
                    "No class declares an event of %s, whose state is %s"
                            .formatted(declaration.aggregate(), state.getName()),
                    "Declare its events with @DomainEvent(aggregate = \"%s\") and an @AggregateId, or correct the annotation."
                            .formatted(declaration.aggregate()));
        }
        List<EvolveMethod> all = methodsOf(state);
        Constructor<S> empty = emptyOf(state);
        Map<Class<?>, EvolveMethod> methods = new LinkedHashMap<>();
        for (DomainEventType type : events) {
            methods.put(type.javaType(), onlyOne(state, type, all));
        }
        requireUsed(all, methods);
        requireBeginning(state, methods, empty);
        return new AggregateModel<>(state, declaration, methods, empty, events);
    }

    /** {@return the class of the state} */
    public Class<S> state() {
        return state;
    }

    /** {@return kind of the aggregate} */
    public String aggregate() {
        return declaration.aggregate();
    }

    /** {@return after how many events a snapshot is taken; 0 for never} */
    public int snapshotEvery() {
        return declaration.snapshotEvery();
    }

    /** {@return version of what the methods do} */
    public int version() {
        return declaration.version();
    }

    /** {@return the events that it is made of} */
    public List<DomainEventType> events() {
        return events;
    }

    /**
     * {@return the state after an event}
     *
     * @param before the state before it; null if it is the first one
     * @throws IllegalArgumentException if it is no event of this aggregate
     * @throws IllegalStateException if the aggregate cannot begin with it
     */
    public S evolve(@Nullable S before, Object event) {
        EvolveMethod method = methods.get(event.getClass());
        if (method == null) {
            throw new IllegalArgumentException(
                    "%s is no event of %s".formatted(event.getClass().getName(), declaration.aggregate()));
        }
        @Nullable S current = before;
        if (current == null && method.needsState()) {
            if (empty == null) {
                throw new IllegalStateException("%s cannot begin with %s, because %s is not static"
                        .formatted(declaration.aggregate(), event.getClass().getName(), method));
            }
            current = BeanUtils.instantiateClass(empty);
        }
        return state.cast(method.apply(current, event));
    }

    private static void requireSensible(Class<?> state, EventSourced declaration) {
        if (declaration.aggregate().isBlank() || declaration.snapshotEvery() < 0 || declaration.version() < 1) {
            throw new InvalidAggregateException(
                    "@EventSourced of %s has no aggregate, a negative snapshotEvery, or a version below 1"
                            .formatted(state.getName()),
                    "Correct the annotation.");
        }
    }

    private static List<EvolveMethod> methodsOf(Class<?> state) {
        return MethodIntrospector.selectMethods(
                        state, (Method method) -> AnnotatedElementUtils.hasAnnotation(method, Evolve.class))
                .stream()
                .sorted(Comparator.comparing(Method::toString))
                .map(method -> EvolveMethod.of(state, method))
                .toList();
    }

    private static <S> @Nullable Constructor<S> emptyOf(Class<S> state) {
        try {
            return state.getDeclaredConstructor();
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private static EvolveMethod onlyOne(Class<?> state, DomainEventType type, List<EvolveMethod> all) {
        List<EvolveMethod> fitting = new ArrayList<>();
        for (EvolveMethod method : all) {
            if (method.event().isAssignableFrom(type.javaType())) {
                fitting.add(method);
            }
        }
        if (fitting.isEmpty()) {
            throw new InvalidAggregateException(
                    "%s has no @Evolve method for %s, which is an event of its aggregate"
                            .formatted(state.getName(), type),
                    "Add: @Evolve %s on(%s event). An event that changes nothing returns the state as it is."
                            .formatted(state.getSimpleName(), type.javaType().getSimpleName()));
        }
        if (fitting.size() > 1) {
            throw new InvalidAggregateException(
                    "%s has several @Evolve methods for %s: %s".formatted(state.getName(), type, fitting),
                    "Keep one of them; a method that takes a supertype of the event counts as well.");
        }
        return fitting.get(0);
    }

    private static void requireUsed(List<EvolveMethod> all, Map<Class<?>, EvolveMethod> methods) {
        for (EvolveMethod method : all) {
            if (!methods.containsValue(method)) {
                throw new InvalidAggregateException(
                        "@Evolve method %s takes %s, which is no event of its aggregate"
                                .formatted(method, method.event().getName()),
                        "Correct the parameter, or the aggregate of the event's @DomainEvent, or remove the method.");
            }
        }
    }

    private static void requireBeginning(
            Class<?> state, Map<Class<?>, EvolveMethod> methods, @Nullable Constructor<?> empty) {
        if (empty == null && methods.values().stream().allMatch(EvolveMethod::needsState)) {
            throw new InvalidAggregateException(
                    "%s cannot begin: none of its @Evolve methods is static, and it has no constructor without parameters"
                            .formatted(state.getName()),
                    "Make the method for the first event static, so that it returns the first state.");
        }
    }
}

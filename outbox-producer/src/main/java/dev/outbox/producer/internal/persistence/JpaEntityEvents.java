package dev.outbox.producer.internal.persistence;

import jakarta.persistence.EntityManager;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.AfterDomainEventPublication;
import org.springframework.data.domain.DomainEvents;
import org.springframework.util.ReflectionUtils;

/**
 * Publishes the events of entities that Hibernate manages, as Spring Data does for an entity that is passed to {@code save}:
 * the events that its {@link DomainEvents} method returns. Both call its {@link AfterDomainEventPublication} method, so events
 * that Spring Data has published are gone. An entity without that method does not hold events, but creates them on every call,
 * so it is skipped. Thread-safe.
 *
 * <p>Unlike in Spring Data, an entity forgets its events before they are published: an event that it registers while a listener
 * handles another one is still there on the next call.
 */
public final class JpaEntityEvents {

    private final ApplicationEventPublisher publisher;
    private final Map<Class<?>, Methods> methodsOfClasses = new ConcurrentHashMap<>();

    public JpaEntityEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    /** {@return whether there were any} */
    public boolean publish(EntityManager entityManager) {
        boolean published = false;
        for (Object entity : managed(entityManager)) {
            published |= publishEventsOf(entity);
        }
        return published;
    }

    /**
     * {@return whether the entity had any}
     *
     * @throws IllegalStateException if it does not forget them, and they would be published again and again
     */
    boolean publishEventsOf(Object entity) {
        Methods methods = methodsOfClasses.computeIfAbsent(entity.getClass(), JpaEntityEvents::methodsOf);
        Collection<?> events = methods.eventsOf(entity);
        if (events.isEmpty()) {
            return false;
        }
        methods.forgetEventsOf(entity);
        if (!methods.eventsOf(entity).isEmpty()) {
            throw new IllegalStateException(
                    "%s has events after its @AfterDomainEventPublication method was called. This method must clear what the @DomainEvents method returns."
                            .formatted(entity.getClass().getName()));
        }
        events.forEach(publisher::publishEvent);
        return true;
    }

    /** A copy, because listeners may load more. An entity that has not been loaded has raised nothing. */
    private static List<Object> managed(EntityManager entityManager) {
        List<Object> entities = new ArrayList<>();
        entityManager
                .unwrap(SharedSessionContractImplementor.class)
                .getPersistenceContext()
                .managedEntitiesIterator()
                .forEachRemaining(entity -> {
                    if (entity != null && Hibernate.isInitialized(entity)) {
                        entities.add(Hibernate.unproxy(entity));
                    }
                });
        return entities;
    }

    private static Methods methodsOf(Class<?> type) {
        return new Methods(annotated(type, DomainEvents.class), annotated(type, AfterDomainEventPublication.class));
    }

    private static @Nullable Method annotated(Class<?> type, Class<? extends Annotation> annotation) {
        for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type)) {
            if (method.isAnnotationPresent(annotation)) {
                method.setAccessible(true);
                return method;
            }
        }
        return null;
    }

    /** The methods of an entity class through which Spring Data gets its events. */
    private record Methods(
            @Nullable Method events, @Nullable Method forget) {

        /** {@return a copy, because the entity may clear its own} */
        Collection<?> eventsOf(Object entity) {
            if (events == null || forget == null) {
                return List.of();
            }
            Object returned = ReflectionUtils.invokeMethod(events, entity);
            if (returned == null) {
                return List.of();
            }
            return returned instanceof Collection<?> several ? List.copyOf(several) : List.of(returned);
        }

        void forgetEventsOf(Object entity) {
            if (forget != null) {
                ReflectionUtils.invokeMethod(forget, entity);
            }
        }
    }
}

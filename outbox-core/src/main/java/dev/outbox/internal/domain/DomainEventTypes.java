package dev.outbox.internal.domain;

import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventType;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The catalog: every {@link DomainEvent} that this service declares, for publishing or for consuming. Immutable. */
public final class DomainEventTypes {

    private final Map<Class<?>, DomainEventType> byClass;

    private DomainEventTypes(Map<Class<?>, DomainEventType> byClass) {
        this.byClass = byClass;
    }

    /**
     * {@return the catalog of the given classes}
     *
     * @param classes classes annotated with {@link DomainEvent}
     * @param properties may name topics
     * @throws InvalidDomainEventException if a declaration is not valid, two classes declare the same type and version, or
     *     some events of an aggregate mark an {@link AggregateSequence} and others do not
     */
    public static DomainEventTypes of(Collection<Class<?>> classes, OutboxProperties properties) {
        return of(classes, properties, AggregateIdConverters.NONE);
    }

    static DomainEventTypes of(
            Collection<Class<?>> classes, OutboxProperties properties, AggregateIdConverters idConverters) {
        Map<Class<?>, DomainEventType> byClass = new LinkedHashMap<>();
        Map<EventType, DomainEventType> byType = new LinkedHashMap<>();
        for (Class<?> javaType : sorted(classes)) {
            DomainEventType type = DomainEventType.of(javaType, properties, idConverters);
            DomainEventType other = byType.putIfAbsent(type.eventType(), type);
            if (other != null) {
                throw new InvalidDomainEventException(
                        "%s is declared twice: by %s and by %s"
                                .formatted(type.eventType(), other.javaType().getName(), javaType.getName()),
                        "Give one of them another type or another version, or remove it.");
            }
            byClass.put(javaType, type);
        }
        requireOneCountOfEachAggregate(byClass.values());
        return new DomainEventTypes(byClass);
    }

    /** {@return what the class declares; empty if it is not a domain event of this service} */
    public Optional<DomainEventType> find(Class<?> javaType) {
        return Optional.ofNullable(byClass.get(javaType));
    }

    /** {@return all of them, in the order of their class names} */
    public Collection<DomainEventType> all() {
        return List.copyOf(byClass.values());
    }

    /** Types without an aggregate id are only consumed: their producer counts. */
    private static void requireOneCountOfEachAggregate(Collection<DomainEventType> types) {
        Map<String, DomainEventType> firstOfAggregate = new HashMap<>();
        for (DomainEventType type : types) {
            if (type.hasAggregateId()) {
                DomainEventType first = firstOfAggregate.putIfAbsent(type.aggregate(), type);
                if (first != null && first.hasAggregateSequence() != type.hasAggregateSequence()) {
                    throw countedTwice(
                            type.hasAggregateSequence() ? type : first, type.hasAggregateSequence() ? first : type);
                }
            }
        }
    }

    private static InvalidDomainEventException countedTwice(DomainEventType marked, DomainEventType unmarked) {
        return new InvalidDomainEventException(
                "Events of %s would be counted twice, by the aggregate and by the outbox: %s marks an @AggregateSequence, %s does not"
                        .formatted(marked.aggregate(), marked, unmarked),
                "Mark it in all events of the aggregate or in none; a class that is only consumed needs no @AggregateId.");
    }

    private static List<Class<?>> sorted(Collection<Class<?>> classes) {
        return classes.stream()
                .distinct()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }
}

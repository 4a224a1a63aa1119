package dev.outbox.eventstore.internal.aggregate;

import dev.outbox.eventstore.aggregate.EventSourced;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.stream.EventTable;
import dev.outbox.internal.stream.StoredAggregates;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Every event-sourced class of the service, checked, and every aggregate type that is stored. Immutable. */
public final class AggregateModels {

    private final Map<Class<?>, AggregateModel<?>> models;
    private final StoredAggregates stored;

    private AggregateModels(Map<Class<?>, AggregateModel<?>> models, StoredAggregates stored) {
        this.models = models;
        this.stored = stored;
    }

    /**
     * {@return the models of the classes}
     *
     * @param named aggregate types that are stored and published, by the settings of the service
     * @param unpublished the same, of those that are not published
     * @throws InvalidAggregateException if a declaration is wrong, two are about the same aggregate, or one that is stored counts
     *     its own events
     */
    public static AggregateModels of(
            EventSourcedClasses classes,
            DomainEventTypes types,
            Collection<String> named,
            Collection<String> unpublished) {
        Map<Class<?>, AggregateModel<?>> models = new LinkedHashMap<>();
        Map<String, String> declared = new LinkedHashMap<>();
        Map<String, EventTable> tables = new LinkedHashMap<>();
        for (Class<?> state : classes.states()) {
            AggregateModel<?> model = AggregateModel.of(state, types);
            models.put(state, model);
            boolean published = Objects.requireNonNull(state.getAnnotation(EventSourced.class))
                    .published();
            add(tables, declared, model.aggregate(), published, state.getName());
        }
        named.forEach(aggregate -> add(tables, declared, aggregate, true, "outbox.eventstore.stored"));
        unpublished.forEach(aggregate -> add(tables, declared, aggregate, false, "outbox.eventstore.unpublished"));
        types.all().forEach(type -> requireNotCounted(type, tables));
        return new AggregateModels(models, new StoredAggregates(tables));
    }

    /** {@return the model of a class} */
    @SuppressWarnings("unchecked") // that of a class is made with the class
    public <S> AggregateModel<S> of(Class<S> state) {
        return (AggregateModel<S>) Objects.requireNonNull(models.get(state));
    }

    /** {@return the aggregate types that are stored} */
    public StoredAggregates stored() {
        return stored;
    }

    private static void add(
            Map<String, EventTable> tables,
            Map<String, String> declared,
            String aggregate,
            boolean published,
            String where) {
        String other = declared.putIfAbsent(aggregate, where);
        if (other != null) {
            throw new InvalidAggregateException(
                    "%s is declared to be stored twice: by %s and by %s".formatted(aggregate, other, where),
                    "Remove one of them: an aggregate has one state, and is published or not.");
        }
        tables.put(aggregate, published ? EventTable.STORED : EventTable.UNPUBLISHED);
    }

    private static void requireNotCounted(DomainEventType type, Map<String, EventTable> tables) {
        if (type.hasAggregateSequence() && tables.containsKey(type.aggregate())) {
            throw new InvalidAggregateException(
                    "%s marks an @AggregateSequence, but events of %s are stored, and numbered by the event store"
                            .formatted(type, type.aggregate()),
                    "Remove the annotation from the events of the aggregate.");
        }
    }
}

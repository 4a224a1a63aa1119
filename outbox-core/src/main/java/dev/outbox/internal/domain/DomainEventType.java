package dev.outbox.internal.domain;

import dev.outbox.domain.AggregateId;
import dev.outbox.domain.AggregateSequence;
import dev.outbox.domain.DomainEvent;
import dev.outbox.event.EventTopics;
import dev.outbox.event.EventType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** A class declared with {@link DomainEvent}, and everything derived from the declaration. Immutable. */
public final class DomainEventType {

    private final Class<?> javaType;
    private final EventType eventType;
    private final String aggregate;
    private final String topic;
    private final @Nullable MarkedMember aggregateId;
    private final @Nullable AggregateIdText aggregateIdText;
    private final @Nullable MarkedMember aggregateSequence;
    private final List<PersonalMember> personalMembers;

    private DomainEventType(
            Class<?> javaType,
            EventType eventType,
            String aggregate,
            String topic,
            @Nullable MarkedMember aggregateId,
            @Nullable AggregateIdText aggregateIdText,
            @Nullable MarkedMember aggregateSequence,
            List<PersonalMember> personalMembers) {
        this.javaType = javaType;
        this.eventType = eventType;
        this.aggregate = aggregate;
        this.topic = topic;
        this.aggregateId = aggregateId;
        this.aggregateIdText = aggregateIdText;
        this.aggregateSequence = aggregateSequence;
        this.personalMembers = personalMembers;
    }

    /**
     * {@return what a class declares}
     *
     * @throws InvalidDomainEventException if it declares something that Kafka or the outbox cannot handle
     */
    static DomainEventType of(Class<?> javaType, OutboxProperties properties, AggregateIdConverters idConverters) {
        DomainEvent declaration = Objects.requireNonNull(javaType.getAnnotation(DomainEvent.class));
        try {
            EventType eventType = new EventType(declaration.type(), declaration.version());
            String topic =
                    declaration.topic().isEmpty() ? properties.topicOf(declaration.aggregate()) : declaration.topic();
            EventTopics.requireLegal(topic);
            MarkedMember aggregateId = MarkedMember.aggregateIdOf(javaType);
            return new DomainEventType(
                    javaType,
                    eventType,
                    declaration.aggregate(),
                    topic,
                    aggregateId,
                    aggregateId == null ? null : textOf(javaType, aggregateId, idConverters),
                    MarkedMember.aggregateSequenceOf(javaType),
                    PersonalMember.of(javaType, idConverters));
        } catch (IllegalArgumentException refused) {
            throw new InvalidDomainEventException(
                    "@DomainEvent of %s: %s".formatted(javaType.getName(), refused.getMessage()),
                    "Correct the annotation; outbox.topics.<aggregate> can name another topic.",
                    refused);
        }
    }

    private static AggregateIdText textOf(
            Class<?> javaType, MarkedMember aggregateId, AggregateIdConverters idConverters) {
        AggregateIdText text = AggregateIdText.ofType(aggregateId.type(), idConverters);
        if (text == null) {
            throw new InvalidDomainEventException(
                    "The @AggregateId of %s is a %s, whose text does not identify it"
                            .formatted(javaType, aggregateId.type().getName()),
                    "Use String, UUID, BigInteger, an integer type, an enum or a record with one component of these; mark a"
                            + " method that returns one of them; or declare a bean of type Converter<%s, String>."
                                    .formatted(aggregateId.type().getSimpleName()));
        }
        return text;
    }

    /** {@return the declared class} */
    public Class<?> javaType() {
        return javaType;
    }

    /** {@return name and version on the wire} */
    public EventType eventType() {
        return eventType;
    }

    /** {@return kind of the aggregate} */
    public String aggregate() {
        return aggregate;
    }

    /** {@return the Kafka topic of the events} */
    public String topic() {
        return topic;
    }

    /** {@return whether the class marks its {@link AggregateId}, without which it cannot be published} */
    public boolean hasAggregateId() {
        return aggregateId != null;
    }

    /** {@return the aggregate id of an event of this type as text; null if it is not set or not marked} */
    public @Nullable String aggregateIdOf(Object event) {
        Object id = aggregateId == null ? null : aggregateId.read(event);
        return id == null || aggregateIdText == null ? null : aggregateIdText.of(id);
    }

    /**
     * {@return the text of an id that is given as the class declares it, or as its text}
     *
     * @throws IllegalArgumentException if it is something else, or holds nothing
     */
    public String textOfId(Object id) {
        if (aggregateId == null || aggregateIdText == null) {
            throw new IllegalArgumentException("%s marks no @AggregateId".formatted(this));
        }
        boolean isDeclared = ClassUtils.isAssignableValue(aggregateId.type(), id);
        String text = isDeclared ? aggregateIdText.of(id) : id instanceof String given ? given : null;
        if (text == null) {
            throw new IllegalArgumentException("%s is no id of %s: %s declares it as %s"
                    .formatted(
                            id,
                            aggregate,
                            javaType.getName(),
                            aggregateId.type().getName()));
        }
        return text;
    }

    /** {@return whether the class marks an {@link AggregateSequence}, so the outbox does not count} */
    public boolean hasAggregateSequence() {
        return aggregateSequence != null;
    }

    /** {@return the sequence of an event of this type within its aggregate; null if it is not set or not marked} */
    public @Nullable Long aggregateSequenceOf(Object event) {
        Object sequence = aggregateSequence == null ? null : aggregateSequence.read(event);
        return sequence == null ? null : ((Number) sequence).longValue();
    }

    /** {@return the members that are encrypted, by name} */
    public List<PersonalMember> personalMembers() {
        return personalMembers;
    }

    /** {@return type, version and class, for use in messages} */
    @Override
    public String toString() {
        return eventType + " (" + javaType.getName() + ")";
    }
}

package dev.outbox.internal.domain;

import dev.outbox.domain.Personal;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A member of an event class that is marked with {@link Personal}. Immutable. */
public final class PersonalMember {

    private final String name;
    private final MarkedMember member;
    private final @Nullable MarkedMember subject;
    private final @Nullable AggregateIdText subjectText;

    private PersonalMember(
            String name, MarkedMember member, @Nullable MarkedMember subject, @Nullable AggregateIdText subjectText) {
        this.name = name;
        this.member = member;
        this.subject = subject;
        this.subjectText = subjectText;
    }

    /**
     * {@return the personal members of a class, by name}
     *
     * @throws InvalidDomainEventException if one of them could not be null, or its subject does not exist or cannot be a text
     */
    static List<PersonalMember> of(Class<?> eventClass, AggregateIdConverters converters) {
        Map<String, MarkedMember> marked = MarkedMember.allOf(eventClass, Personal.class);
        NestedPersonal.refuseIn(eventClass);
        List<PersonalMember> members = new ArrayList<>();
        marked.forEach((name, member) -> {
            requireNullable(eventClass, name, member);
            Personal personal = member.annotation(Personal.class);
            members.add(
                    personal.subject().isEmpty()
                            ? new PersonalMember(name, member, null, null)
                            : withSubject(eventClass, name, member, personal.subject(), marked.keySet(), converters));
        });
        return List.copyOf(members);
    }

    private static PersonalMember withSubject(
            Class<?> eventClass,
            String name,
            MarkedMember member,
            String subjectName,
            Set<String> personal,
            AggregateIdConverters converters) {
        if (personal.contains(subjectName)) {
            throw new InvalidDomainEventException(
                    "The subject of @Personal '%s' in %s is '%s', which is personal itself: once encrypted, nobody could tell whose it is"
                            .formatted(name, eventClass.getName(), subjectName),
                    "Name a member that identifies the person without saying anything about it.");
        }
        MarkedMember subject = MarkedMember.named(eventClass, subjectName)
                .orElseThrow(() -> new InvalidDomainEventException(
                        "The subject of @Personal '%s' in %s is '%s', but the class has no such member"
                                .formatted(name, eventClass.getName(), subjectName),
                        "Name a record component, a field or a method without parameters of the class."));
        AggregateIdText text = AggregateIdText.ofType(subject.type(), converters);
        if (text == null) {
            throw new InvalidDomainEventException(
                    "The subject of @Personal '%s' in %s, '%s', is a %s, whose text does not identify it"
                            .formatted(
                                    name,
                                    eventClass.getName(),
                                    subjectName,
                                    subject.type().getName()),
                    "Use a type that an @AggregateId could have.");
        }
        return new PersonalMember(name, member, subject, text);
    }

    private static void requireNullable(Class<?> eventClass, String name, MarkedMember member) {
        if (!Optional.class.isAssignableFrom(member.type()) && !member.isNullable()) {
            throw new InvalidDomainEventException(
                    "@Personal '%s' in %s must be able to hold nothing, because that is what is read once its subject is forgotten"
                            .formatted(name, eventClass.getName()),
                    "Declare it @Nullable or Optional%s."
                            .formatted(member.type().isPrimitive() ? ", and not as a primitive type" : ""));
        }
    }

    /** {@return its name in the class} */
    public String name() {
        return name;
    }

    /** {@return whose data it is; null if the event does not say so} */
    public @Nullable String subjectOf(DomainEventType type, Object event) {
        if (subject == null || subjectText == null) {
            return type.aggregateIdOf(event);
        }
        Object value = subject.read(event);
        return value == null ? null : subjectText.of(value);
    }

    /** {@return whether an event has a value for it} */
    public boolean isSetIn(Object event) {
        Object value = member.read(event);
        return value != null && !(value instanceof Optional<?> optional && optional.isEmpty());
    }

    /** {@return whether something is marked} */
    static boolean isMarked(AnnotatedElement element) {
        return element.isAnnotationPresent(Personal.class);
    }
}

package dev.outbox.producer.internal.downcast;

import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of each type that is also published in an earlier version, from the version of its class down to that one.
 * Immutable, and thread-safe because the steps are pure.
 */
final class Downcasters {

    private final Map<EventType, List<DowncasterStep>> chains;

    private Downcasters(Map<EventType, List<DowncasterStep>> chains) {
        this.chains = chains;
    }

    /**
     * {@return the steps, after checking them}
     *
     * @throws InvalidDowncasterException if two steps read the same version, a step reads a type that no class declares or a
     *     version above the latest declared one, a step is missing, or a setting names a type or a version that does not exist
     */
    static Downcasters of(Collection<DowncasterStep> steps, DomainEventTypes types, DowncastProperties properties) {
        Map<EventType, DowncasterStep> byVersion = distinct(steps);
        Map<String, DomainEventType> latest = new HashMap<>();
        types.all().forEach(type -> latest.merge(type.eventType().name(), type, Downcasters::later));
        byVersion.values().forEach(step -> requireAlive(step, latest));
        Map<EventType, List<DowncasterStep>> chains = new HashMap<>();
        properties.alsoPublish().forEach((name, version) -> {
            DomainEventType type = declared(name, latest);
            chains.put(type.eventType(), chain(type, version, byVersion));
        });
        return new Downcasters(Map.copyOf(chains));
    }

    /** {@return the steps to the earlier version in which a type is also published; empty if there is none} */
    List<DowncasterStep> of(EventType type) {
        return chains.getOrDefault(type, List.of());
    }

    private static DomainEventType later(DomainEventType one, DomainEventType other) {
        return one.eventType().version() > other.eventType().version() ? one : other;
    }

    private static Map<EventType, DowncasterStep> distinct(Collection<DowncasterStep> steps) {
        Map<EventType, DowncasterStep> distinct = new HashMap<>();
        for (DowncasterStep step : steps) {
            DowncasterStep other = distinct.putIfAbsent(step.from(), step);
            if (other != null) {
                throw new InvalidDowncasterException(
                        "%s is read by two @Downcaster methods: %s and %s"
                                .formatted(step.from(), other.method(), step.method()),
                        "Keep one of them.");
            }
        }
        return distinct;
    }

    private static void requireAlive(DowncasterStep step, Map<String, DomainEventType> latest) {
        DomainEventType type = latest.get(step.from().name());
        if (type == null || step.from().version() > type.eventType().version()) {
            throw new InvalidDowncasterException(
                    "@Downcaster method %s reads %s, but %s"
                            .formatted(
                                    step.method(),
                                    step.from(),
                                    type == null
                                            ? "no class declares this type"
                                            : type + " is the latest declared version"),
                    "Correct the annotation, or remove the method.");
        }
    }

    private static DomainEventType declared(String name, Map<String, DomainEventType> latest) {
        DomainEventType type = latest.get(name);
        if (type == null) {
            throw new InvalidDowncasterException(
                    "outbox.versions.also-publish names %s, but no class declares it".formatted(name),
                    "Correct the type, or remove the setting.");
        }
        return type;
    }

    private static List<DowncasterStep> chain(
            DomainEventType type, int version, Map<EventType, DowncasterStep> byVersion) {
        EventType current = type.eventType();
        if (version < 1 || version >= current.version()) {
            throw new InvalidDowncasterException(
                    "outbox.versions.also-publish.%s is %d, which is not an earlier version of %s"
                            .formatted(current.name(), version, type),
                    "Name a version from 1 to %d, or remove the setting.".formatted(current.version() - 1));
        }
        List<DowncasterStep> chain = new ArrayList<>();
        for (int from = current.version(); from > version; from--) {
            EventType read = new EventType(current.name(), from);
            DowncasterStep step = byVersion.get(read);
            if (step == null) {
                throw new InvalidDowncasterException(
                        "The step from %s to version %d is missing on the way to version %d, which"
                                        .formatted(read, from - 1, version)
                                + " outbox.versions.also-publish.%s asks for".formatted(current.name()),
                        "Add a method annotated with @Downcaster(type = \"%s\", from = %d), or remove the setting."
                                .formatted(current.name(), from));
            }
            chain.add(step);
        }
        return List.copyOf(chain);
    }
}

package dev.outbox.internal.upcast;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toMap;

import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.upcast.Upcaster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All {@link Upcaster} steps of the service. From every version that a step reads, each path ends at a declared class, or in a
 * drop. Immutable.
 */
final class UpcasterGraph {

    private static final Comparator<EventType> BY_NAME_AND_VERSION =
            comparing(EventType::name).thenComparingInt(EventType::version);

    private final NavigableMap<EventType, UpcasterStep> steps;
    private final Map<String, DomainEventType> declared;

    private UpcasterGraph(NavigableMap<EventType, UpcasterStep> steps, Map<String, DomainEventType> declared) {
        this.steps = steps;
        this.declared = declared;
    }

    /**
     * {@return the steps, checked}
     *
     * <ol>
     *   <li>No two steps read the same version.
     *   <li>No step reads the latest declared version or a later one, or drops what nobody handles anyway.
     *   <li>No path leads back to a version that it has already passed.
     *   <li>Each path continues until it reaches a declared class.
     *   <li>No version is left out between two that are read.
     * </ol>
     *
     * @throws InvalidUpcasterException if one of these does not hold; the message names the step
     */
    static UpcasterGraph of(Collection<UpcasterStep> steps, DomainEventTypes types) {
        Map<String, DomainEventType> latest = types.all().stream()
                .collect(toMap(
                        type -> type.eventType().name(),
                        type -> type,
                        BinaryOperator.maxBy(
                                comparingInt(type -> type.eventType().version()))));
        UpcasterGraph graph = new UpcasterGraph(distinct(steps), latest);
        graph.steps.values().forEach(graph::requireAlive);
        graph.steps.keySet().forEach(from -> graph.requireNoWayBack(from, new LinkedHashSet<>()));
        graph.steps.values().forEach(graph::requireEnd);
        graph.steps.keySet().forEach(graph::requireNoGapAfter);
        return graph;
    }

    /** {@return the steps, one for every version that is read} */
    Collection<UpcasterStep> steps() {
        return steps.values();
    }

    /** {@return the step that reads a version; null if there is none} */
    @Nullable
    UpcasterStep from(EventType type) {
        return steps.get(type);
    }

    /** {@return whether a class declares the type, in any version} */
    boolean declares(String type) {
        return declared.containsKey(type);
    }

    /** {@return the highest version of a type that a step reads} */
    OptionalInt highestRead(String type) {
        return steps.keySet().stream()
                .filter(from -> from.name().equals(type))
                .mapToInt(EventType::version)
                .max();
    }

    /** {@return the annotation of a step that is missing} */
    static String annotation(EventType from) {
        return "@Upcaster(type = \"%s\", from = %d)".formatted(from.name(), from.version());
    }

    private static NavigableMap<EventType, UpcasterStep> distinct(Collection<UpcasterStep> steps) {
        NavigableMap<EventType, UpcasterStep> distinct = new TreeMap<>(BY_NAME_AND_VERSION);
        for (UpcasterStep step : steps) {
            UpcasterStep other = distinct.putIfAbsent(step.from(), step);
            if (other != null) {
                throw new InvalidUpcasterException(
                        "%s is read by two @Upcaster methods: %s and %s"
                                .formatted(step.from(), other.method(), step.method()),
                        "Keep one of them.");
            }
        }
        return distinct;
    }

    private void requireAlive(UpcasterStep step) {
        DomainEventType latest = declared.get(step.from().name());
        if (latest != null && step.from().version() >= latest.eventType().version()) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s reads %s, but %s is the latest declared version: the step leads nowhere"
                            .formatted(step.method(), step.from(), latest),
                    "Raise the version of %s, or remove the method."
                            .formatted(latest.javaType().getName()));
        }
        if (latest == null && step.to().isEmpty() && makers(step.from()).isEmpty()) {
            throw new InvalidUpcasterException(
                    "@Upcaster method %s drops %s, but no class declares this type, and no step produces it: it would be ignored"
                                    .formatted(step.method(), step.from())
                            + " without the step",
                    "Correct the type, or remove the method.");
        }
    }

    private List<UpcasterStep> makers(EventType type) {
        return steps.values().stream().filter(step -> step.to().contains(type)).toList();
    }

    private void requireNoWayBack(EventType from, Set<EventType> passed) {
        if (!passed.add(from)) {
            List<EventType> way = new ArrayList<>(passed);
            String circle = way.subList(way.indexOf(from), way.size()).stream()
                    .map(EventType::toString)
                    .collect(Collectors.joining(" -> ", "", " -> " + from));
            throw new InvalidUpcasterException(
                    "The @Upcaster steps form a cycle: %s".formatted(circle),
                    "Change where one of them leads, such as %s."
                            .formatted(passed.stream()
                                    .map(steps::get)
                                    .map(step -> String.valueOf(step == null ? null : step.method()))
                                    .reduce((first, last) -> last)
                                    .orElseThrow()));
        }
        UpcasterStep step = steps.get(from);
        if (step != null) {
            step.to().forEach(to -> requireNoWayBack(to, new LinkedHashSet<>(passed)));
        }
    }

    private void requireEnd(UpcasterStep step) {
        for (EventType to : step.to()) {
            DomainEventType end = declared.get(to.name());
            if (steps.containsKey(to) || (end != null && end.eventType().equals(to))) {
                continue;
            }
            if (end == null) {
                throw nobodyDeclares(step, to);
            }
            if (to.version() > end.eventType().version()) {
                throw new InvalidUpcasterException(
                        "@Upcaster method %s produces %s, but %s is the latest declared version"
                                .formatted(step.method(), to, end),
                        "Raise the version of %s, or correct the annotation."
                                .formatted(end.javaType().getName()));
            }
            throw missing(to, end);
        }
    }

    private InvalidUpcasterException nobodyDeclares(UpcasterStep step, EventType to) {
        boolean sameType = step.from().name().equals(to.name());
        return new InvalidUpcasterException(
                sameType
                        ? "@Upcaster method %s reads %s, but no class declares this type"
                                .formatted(step.method(), step.from())
                        : "@Upcaster method %s produces %s, but no class declares this type, and no step reads it"
                                .formatted(step.method(), to),
                "Correct the type, declare the current class with @DomainEvent, add a method annotated with %s, or remove"
                                .formatted(annotation(to))
                        + " the step.");
    }

    /** Versions are numbered without a gap, so any version between two that are read has been published. */
    private void requireNoGapAfter(EventType from) {
        EventType next = new EventType(from.name(), from.version() + 1);
        OptionalInt highest = highestRead(from.name());
        DomainEventType end = declared.get(from.name());
        boolean more = next.version() <= highest.orElseThrow()
                || (end != null && next.version() < end.eventType().version());
        if (more && !steps.containsKey(next)) {
            throw new InvalidUpcasterException(
                    "The step from %s is missing: the step from %s leads there, and later versions exist"
                            .formatted(next, from),
                    "Add a method annotated with %s.".formatted(annotation(next)));
        }
    }

    private static InvalidUpcasterException missing(EventType from, DomainEventType current) {
        return new InvalidUpcasterException(
                "The step from %s to version %d is missing on the way to %s"
                        .formatted(from, from.version() + 1, current),
                "Add a method annotated with %s.".formatted(annotation(from)));
    }
}

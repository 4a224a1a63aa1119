package dev.outbox.upcast;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.outbox.domain.DomainEventType;
import dev.outbox.domain.DomainEventTypes;
import dev.outbox.event.EventType;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * All {@link Upcaster} steps of the service: for each type an unbroken chain from the lowest version that a step reads to
 * the highest that a class declares. Immutable and, as the steps are pure, thread-safe.
 */
public final class Upcasters {

    /** By name of the type, in the order of the versions, without a gap. */
    private final Map<String, List<UpcasterStep>> chains;

    private Upcasters(Map<String, List<UpcasterStep>> chains) {
        this.chains = chains;
    }

    /**
     * {@return the steps, checked}
     *
     * @throws InvalidUpcasterException if two steps read the same version, a step leads nowhere or one is missing
     */
    static Upcasters of(Collection<UpcasterStep> steps, DomainEventTypes types) {
        Comparator<UpcasterStep> byVersion =
                Comparator.comparingInt(step -> step.from().version());
        Map<String, List<UpcasterStep>> chains = steps.stream()
                .sorted(byVersion)
                .collect(groupingBy(step -> step.from().name(), collectingAndThen(toList(), List::copyOf)));
        chains.forEach((type, chain) -> requireUnbroken(chain, declaredVersion(type, chain, types)));
        return new Upcasters(chains);
    }

    /**
     * {@return the payload in a later version; the given one may have been changed}
     *
     * @param payload in the stored version
     * @param stored type and version of the payload
     * @param version the one to reach, not lower than the stored one
     * @throws UnreadablePayloadException if there is no step from the stored version, or one fails
     */
    ObjectNode upcast(ObjectNode payload, EventType stored, int version) {
        List<UpcasterStep> chain = chains.getOrDefault(stored.name(), List.of());
        int lowest = chain.isEmpty() ? version : chain.get(0).from().version();
        if (stored.version() < lowest) {
            throw new UnreadablePayloadException(
                    "%s was received, but nothing leads from it to version %d. Add a method annotated with %s."
                            .formatted(stored, version, annotation(stored)));
        }
        ObjectNode current = payload;
        for (UpcasterStep step : chain.subList(stored.version() - lowest, version - lowest)) {
            current = step.apply(current);
        }
        return current;
    }

    private static DomainEventType declaredVersion(String type, List<UpcasterStep> chain, DomainEventTypes types) {
        return types.all().stream()
                .filter(declared -> declared.eventType().name().equals(type))
                .max(Comparator.comparingInt(declared -> declared.eventType().version()))
                .orElseThrow(() -> new InvalidUpcasterException(
                        "@Upcaster method %s reads %s, but no class declares this type"
                                .formatted(chain.get(0).method(), chain.get(0).from()),
                        "Correct the type, declare the current class by @DomainEvent, or remove the method."));
    }

    private static void requireUnbroken(List<UpcasterStep> chain, DomainEventType current) {
        EventType target = current.eventType();
        int expected = chain.get(0).from().version();
        UpcasterStep previous = null;
        for (UpcasterStep step : chain) {
            if (step.from().version() >= target.version()) {
                throw new InvalidUpcasterException(
                        "@Upcaster method %s reads %s, but %s is the latest that is declared: the step leads nowhere"
                                .formatted(step.method(), step.from(), current),
                        "Raise the version of %s, or remove the method."
                                .formatted(current.javaType().getName()));
            }
            if (previous != null && previous.from().equals(step.from())) {
                throw new InvalidUpcasterException(
                        "%s is read by two @Upcaster methods: %s and %s"
                                .formatted(step.from(), previous.method(), step.method()),
                        "Keep one of them.");
            }
            if (step.from().version() > expected) {
                throw missing(new EventType(target.name(), expected), current);
            }
            expected++;
            previous = step;
        }
        if (expected < target.version()) {
            throw missing(new EventType(target.name(), expected), current);
        }
    }

    private static InvalidUpcasterException missing(EventType from, DomainEventType current) {
        return new InvalidUpcasterException(
                "The step from %s to version %d is missing on the way to %s"
                        .formatted(from, from.version() + 1, current),
                "Add a method annotated with %s.".formatted(annotation(from)));
    }

    private static String annotation(EventType from) {
        return "@Upcaster(type = \"%s\", from = %d)".formatted(from.name(), from.version());
    }
}

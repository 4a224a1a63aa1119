package dev.outbox.consumer.internal.handler;

import dev.outbox.internal.domain.DomainEventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Handlers by the type of event that they handle, in order within each type. Immutable. */
public final class EventHandlers {

    private final Map<String, List<EventHandlerMethod>> byType;

    private EventHandlers(Map<String, List<EventHandlerMethod>> byType) {
        this.byType = byType;
    }

    /**
     * {@return the handlers by type}
     *
     * @throws InvalidInboxException if two of them understand different versions of one type
     */
    public static EventHandlers of(Collection<EventHandlerMethod> handlers) {
        Map<String, List<EventHandlerMethod>> byType = new TreeMap<>();
        handlers.stream()
                .sorted(Comparator.comparingInt(EventHandlerMethod::order))
                .forEach(handler -> byType.computeIfAbsent(
                                handler.type().eventType().name(), type -> new ArrayList<>())
                        .add(handler));
        byType.values().forEach(EventHandlers::requireOneVersion);
        return new EventHandlers(byType);
    }

    /** {@return the handlers of a type that has handlers, in order; all of them understand the same class} */
    public List<EventHandlerMethod> of(String type) {
        return Objects.requireNonNull(byType.get(type), type);
    }

    /** {@return the kind of aggregate that events of a type happen to; null if the type has no handlers} */
    public @Nullable String aggregateOf(String type) {
        List<EventHandlerMethod> handlers = byType.get(type);
        return handlers == null ? null : handlers.get(0).type().aggregate();
    }

    /** {@return the classes that the handlers understand} */
    public List<DomainEventType> types() {
        return byType.values().stream().map(handlers -> handlers.get(0).type()).toList();
    }

    /** {@return the topics of the events that are handled} */
    public Set<String> topics() {
        Set<String> topics = new TreeSet<>();
        byType.values().forEach(handlers -> topics.add(handlers.get(0).type().topic()));
        return topics;
    }

    /** A record has one version: the older handler could not read what the newer one needs. */
    private static void requireOneVersion(List<EventHandlerMethod> handlers) {
        EventHandlerMethod first = handlers.get(0);
        DomainEventType type = first.type();
        for (EventHandlerMethod other : handlers) {
            if (other.type() != type) {
                throw new InvalidInboxException(
                        "@DomainEventHandler methods understand two versions of one event: %s takes %s, %s takes %s"
                                .formatted(first.method(), type, other.method(), other.type()),
                        "Take the class of the higher version in both; @Upcaster steps convert older events to it.");
            }
        }
    }
}

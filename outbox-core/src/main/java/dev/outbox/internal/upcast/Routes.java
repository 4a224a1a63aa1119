package dev.outbox.internal.upcast;

import static java.util.stream.Collectors.toMap;

import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** The {@link Route} of every type and version, for one consumer. Immutable. */
final class Routes {

    private static final Route IGNORED = new Route.Ignored();

    private final UpcasterGraph graph;
    private final Map<String, DomainEventType> understood;
    private final Map<EventType, Route> resolved = new HashMap<>();

    Routes(UpcasterGraph graph, Collection<DomainEventType> understood) {
        this.graph = graph;
        this.understood =
                understood.stream().collect(toMap(type -> type.eventType().name(), type -> type));
        understood.forEach(type -> resolved.put(type.eventType(), new Route.Bind(type)));
        graph.steps().forEach(step -> resolved.putIfAbsent(step.from(), route(step.from())));
    }

    /** {@return the route of a stored version; for one that is not known, why there is none} */
    Route of(EventType stored) {
        Route route = resolved.get(stored);
        return route == null ? route(stored) : route;
    }

    /** {@return whether a stored version is no newer than what is known} */
    boolean know(EventType stored) {
        Route route = resolved.get(stored);
        return route instanceof Route.Bind || route instanceof Route.Step;
    }

    /** {@return whether events of a type can become something that the consumer handles} */
    boolean understand(String type) {
        return understood.containsKey(type)
                || resolved.entrySet().stream()
                        .anyMatch(known -> known.getKey().name().equals(type) && leadsToHandler(known.getValue()));
    }

    private Route route(EventType from) {
        DomainEventType type = understood.get(from.name());
        if (type != null && type.eventType().equals(from)) {
            return new Route.Bind(type);
        }
        UpcasterStep step = graph.from(from);
        if (step != null && (type == null || from.version() < type.eventType().version())) {
            Map<EventType, Route> next = new HashMap<>();
            step.to().forEach(to -> next.put(to, route(to)));
            return new Route.Step(step, Map.copyOf(next));
        }
        if (type != null) {
            return from.version() > type.eventType().version()
                    ? new Route.Newer(type.eventType(), new Route.Bind(type))
                    : new Route.Unreachable(type);
        }
        return moved(from);
    }

    /** For a type that has moved, only the steps show which versions are known. */
    private Route moved(EventType from) {
        OptionalInt highest = graph.highestRead(from.name());
        if (graph.declares(from.name()) || highest.isEmpty() || from.version() < highest.getAsInt()) {
            return IGNORED;
        }
        EventType known = new EventType(from.name(), highest.getAsInt());
        return new Route.Newer(known, route(known));
    }

    private static boolean leadsToHandler(Route route) {
        if (route instanceof Route.Step step) {
            return step.next().values().stream().anyMatch(Routes::leadsToHandler);
        }
        return route instanceof Route.Bind || route instanceof Route.Newer;
    }
}

package dev.outbox.internal.upcast;

import dev.outbox.event.EventType;
import dev.outbox.internal.domain.DomainEventType;
import java.util.Map;
import java.util.Objects;

/** What to do with the payload of a type and version. Resolved once, at start, for every version that is known. */
sealed interface Route {

    /** It has the version of the class: bind it. */
    record Bind(DomainEventType type) implements Route {}

    /**
     * It is older, or has moved: apply the step, then continue with what the step makes.
     *
     * @param step reads this version
     * @param next the route of each event that the step may make
     */
    record Step(UpcasterStep step, Map<EventType, Route> next) implements Route {

        Route after(EventType made) {
            return Objects.requireNonNull(next.get(made));
        }
    }

    /**
     * It is newer than any version that is known here.
     *
     * @param known the latest version that is known
     * @param asKnown the route of that version
     */
    record Newer(EventType known, Route asKnown) implements Route {}

    /**
     * It is older than any version that a step reads.
     *
     * @param type what it would have to become
     */
    record Unreachable(DomainEventType type) implements Route {}

    /** The consumer does not handle it. */
    record Ignored() implements Route {}
}

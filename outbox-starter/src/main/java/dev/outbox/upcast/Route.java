package dev.outbox.upcast;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventType;
import java.util.Map;
import java.util.Objects;

/** What is to be done with the payload of a type and version. Resolved once, at start, for every version that is known. */
sealed interface Route {

    /** It is of the version of the class: bind it. */
    record Bind(DomainEventType type) implements Route {}

    /**
     * It is older, or has moved: take the step, then go on with what that makes.
     *
     * @param step reads this version
     * @param next how each event goes on that the step may make
     */
    record Step(UpcasterStep step, Map<EventType, Route> next) implements Route {

        Route after(EventType made) {
            return Objects.requireNonNull(next.get(made));
        }
    }

    /**
     * It is newer than anything that is known here.
     *
     * @param known the latest version that is known
     * @param asKnown how that one would go on
     */
    record Newer(EventType known, Route asKnown) implements Route {}

    /**
     * It is older than anything that a step reads.
     *
     * @param type what it would have to become
     */
    record Unreachable(DomainEventType type) implements Route {}

    /** The consumer does not handle what it is. */
    record Ignored() implements Route {}
}

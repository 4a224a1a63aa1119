package dev.outbox.eventstore.internal.aggregate;

import java.util.List;

/**
 * The classes of the service that are annotated with {@code @EventSourced}.
 *
 * @param states in the order of their names
 */
public record EventSourcedClasses(List<Class<?>> states) {

    public EventSourcedClasses {
        states = List.copyOf(states);
    }
}

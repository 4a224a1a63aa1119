package dev.outbox.internal.domain;

import java.util.Set;

/** The declared events that this service consumes, whether or not its inbox is switched on. Thread-safe. */
@FunctionalInterface
public interface HandledEvents {

    /** {@return the parameter types of its handlers} */
    Set<Class<?>> types();
}

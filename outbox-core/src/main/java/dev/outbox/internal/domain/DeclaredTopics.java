package dev.outbox.internal.domain;

import java.util.Set;

/** The topics of the events that an application declares; a relay in the same application checks them at start. */
@FunctionalInterface
public interface DeclaredTopics {

    /** {@return the names; known once the application context has been created} */
    Set<String> names();
}

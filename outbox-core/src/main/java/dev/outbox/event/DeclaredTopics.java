package dev.outbox.event;

import java.util.Set;

/** The topics of the events that an application declares; a relay in the same application looks at them at start. */
@FunctionalInterface
public interface DeclaredTopics {

    /** {@return the names; known once the application context is made} */
    Set<String> names();
}

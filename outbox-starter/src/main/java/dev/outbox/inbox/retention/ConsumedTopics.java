package dev.outbox.inbox.retention;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** The topics whose processed events are remembered by their ids. Filled at start; thread-safe. */
public final class ConsumedTopics {

    private final Set<String> names = new ConcurrentSkipListSet<>();

    /** Adds topics that are consumed by a guard that removes what is old. */
    public void add(Collection<String> topics) {
        names.addAll(topics);
    }

    /** {@return all of them} */
    Set<String> names() {
        return Set.copyOf(names);
    }
}

package dev.outbox.eventstore.internal.setup;

import dev.outbox.internal.start.StartFact;
import dev.outbox.internal.stream.StoredAggregates;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The aggregate types whose events are kept as streams. */
record StoredFact(StoredAggregates stored) implements StartFact {

    @Override
    public String text() {
        return stored.isEmpty()
                ? "stores no event"
                : new TreeSet<>(stored.tables().keySet())
                        .stream()
                                .map(type -> stored.isPublished(type) ? type : type + " (not published)")
                                .collect(Collectors.joining(", ", "stores the events of ", ""));
    }
}

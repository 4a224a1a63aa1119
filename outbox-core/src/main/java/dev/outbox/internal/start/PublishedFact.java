package dev.outbox.internal.start;

import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import dev.outbox.internal.stream.StoredAggregates;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events that can be published, by topic; events without an aggregate id are only consumed. */
record PublishedFact(DomainEventTypes types, StoredAggregates stored) implements StartFact {

    @Override
    public String text() {
        TreeMap<String, String> byTopic = types.all().stream()
                .filter(type -> type.hasAggregateId() && stored.isPublished(type.aggregate()))
                .collect(Collectors.groupingBy(
                        DomainEventType::topic,
                        TreeMap::new,
                        Collectors.mapping(type -> type.eventType().toString(), Collectors.joining(", "))));
        return byTopic.isEmpty()
                ? "publishes no event"
                : byTopic.entrySet().stream()
                        .map(topic -> "%s to %s".formatted(topic.getValue(), topic.getKey()))
                        .collect(Collectors.joining(", ", "can publish ", ""));
    }
}

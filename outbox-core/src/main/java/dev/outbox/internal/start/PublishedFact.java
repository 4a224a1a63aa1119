package dev.outbox.internal.start;

import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The events that can be published, by topic; events without an aggregate id are only consumed. */
record PublishedFact(DomainEventTypes types) implements StartFact {

    @Override
    public String text() {
        TreeMap<String, String> byTopic = types.all().stream()
                .filter(DomainEventType::hasAggregateId)
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

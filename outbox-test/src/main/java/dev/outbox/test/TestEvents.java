package dev.outbox.test;

import dev.outbox.internal.domain.DomainEventType;
import dev.outbox.internal.domain.DomainEventTypes;
import tools.jackson.databind.json.JsonMapper;

/** Creates events as their producers would send them. */
final class TestEvents {

    private final DomainEventTypes types;
    private final JsonMapper mapper;

    TestEvents(DomainEventTypes types, JsonMapper mapper) {
        this.types = types;
        this.mapper = mapper;
    }

    EventOnTopic of(Object event) {
        DomainEventType type = declared(event.getClass());
        String key = type.aggregateIdOf(event);
        if (key == null) {
            throw new IllegalArgumentException(
                    "%s has no aggregate id; mark it with @AggregateId, or give the event as JSON with a key"
                            .formatted(event.getClass().getName()));
        }
        return EventOnTopic.of(
                type.topic(),
                type.eventType().name(),
                type.eventType().version(),
                key,
                mapper.writeValueAsString(event));
    }

    EventOnTopic of(String type, int version, String key, String json) {
        String topic = types.all().stream()
                .filter(declared -> declared.eventType().name().equals(type))
                .map(DomainEventType::topic)
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("No class of this service declares the type %s".formatted(type)));
        return EventOnTopic.of(topic, type, version, key, json);
    }

    DomainEventType declared(Class<?> type) {
        return types.find(type)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is not a declared domain event of this service".formatted(type.getName())));
    }
}

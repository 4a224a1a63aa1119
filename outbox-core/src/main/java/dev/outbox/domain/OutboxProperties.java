package dev.outbox.domain;

import dev.outbox.event.EventTopics;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for publishing and consuming alike.
 *
 * @param enabled whether there is an outbox and an inbox at all; without them, as in a profile or a test without PostgreSQL,
 *     events that are raised are dropped, and none is handled
 * @param packages packages below which classes annotated with @DomainEvent are looked for; by default those of the
 *     application
 * @param topics Kafka topic for each kind of aggregate, where it is not outbox.event. and the kind; a topic in
 *     the annotation has precedence
 */
@ConfigurationProperties("outbox")
public record OutboxProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> packages,
        @DefaultValue Map<String, String> topics) {

    /** Keeps unmodifiable copies. */
    public OutboxProperties {
        packages = List.copyOf(packages);
        topics = Map.copyOf(topics);
    }

    String topicOf(String aggregate) {
        return topics.getOrDefault(aggregate, EventTopics.defaultFor(aggregate));
    }
}

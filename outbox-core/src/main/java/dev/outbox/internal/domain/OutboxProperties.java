package dev.outbox.internal.domain;

import dev.outbox.event.EventTopics;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What holds for publishing and consuming alike.
 *
 * @param enabled whether there is an outbox and an inbox at all; without them, for example in a profile or a test without
 *     PostgreSQL, raised events are dropped and none is handled
 * @param packages packages to scan, with their subpackages, for classes annotated with @DomainEvent; by default those of
 *     the application
 * @param topics Kafka topic for each kind of aggregate, if it is not outbox.event. followed by the kind; a topic in the
 *     annotation takes precedence
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

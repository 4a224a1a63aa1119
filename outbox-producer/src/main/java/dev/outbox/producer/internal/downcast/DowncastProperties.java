package dev.outbox.producer.internal.downcast;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which events are published in an earlier version too.
 *
 * @param alsoPublish for each listed event type, the earlier version that its records carry in addition to the current one,
 *     until every consumer knows the current one
 */
@ConfigurationProperties("outbox.versions")
public record DowncastProperties(@DefaultValue Map<String, Integer> alsoPublish) {

    /** Keeps an unmodifiable copy. */
    public DowncastProperties {
        alsoPublish = Map.copyOf(alsoPublish);
    }
}

package dev.outbox.inbox.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether the inbox remembers processed events for longer than the topics can deliver them. Thread-safe. */
final class RetentionWindow {

    private final ConsumedTopics consumed;
    private final TopicRetention topics;
    private final Duration keep;

    RetentionWindow(ConsumedTopics consumed, TopicRetention topics, Duration keep) {
        this.consumed = consumed;
        this.topics = topics;
        this.keep = keep;
    }

    /**
     * {@return the topics that can deliver events that are not remembered any more, and for how long}
     *
     * @throws TopicsUnknownException if Kafka does not say
     */
    Map<String, Duration> tooShortFor() {
        Set<String> names = consumed.names();
        Map<String, Duration> longer = new TreeMap<>();
        if (!names.isEmpty()) {
            topics.of(names).forEach((topic, longest) -> {
                if (longest.compareTo(keep) >= 0) {
                    longer.put(topic, longest);
                }
            });
        }
        return longer;
    }

    Duration keep() {
        return keep;
    }
}

package dev.outbox.consumer.retention;

import dev.outbox.consumer.internal.broker.ConsumedTopics;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks whether the inbox remembers applied events for longer than the topics can deliver them. Thread-safe. */
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
     * {@return the topics that can deliver events that are no longer remembered, and for how long}
     *
     * @throws TopicsUnknownException if Kafka does not say, even about only one of the topics: unknown does not mean none
     */
    Map<String, Duration> tooShortFor() {
        Set<String> names = new TreeSet<>(consumed.names());
        for (Pattern pattern : consumed.patterns()) {
            Set<String> matching = topics.matching(pattern);
            if (matching.isEmpty()) {
                throw new TopicsUnknownException("Kafka shows no topic that matches '%s'".formatted(pattern));
            }
            names.addAll(matching);
        }
        if (names.isEmpty()) {
            return Map.of();
        }
        Map<String, Duration> known = topics.of(names);
        Map<String, Duration> longer = new TreeMap<>(known);
        longer.values().removeIf(longest -> longest.compareTo(keep) < 0);
        if (longer.isEmpty() && !known.keySet().containsAll(names)) {
            names.removeAll(known.keySet());
            throw new TopicsUnknownException(
                    "Kafka does not show the topics %s. Create them, or do not consume them".formatted(names));
        }
        return longer;
    }

    /** {@return the consumers whose events may be removed} */
    Set<String> consumers() {
        return consumed.consumers();
    }

    Duration keep() {
        return keep;
    }
}

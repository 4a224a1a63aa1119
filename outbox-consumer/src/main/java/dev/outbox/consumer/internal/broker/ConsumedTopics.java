package dev.outbox.consumer.internal.broker;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * The consumers of this service whose applied events are remembered by their ids, and the topics of their records. Filled at
 * startup; thread-safe. The inbox may be shared with other services; nothing is known here about their consumers.
 */
public final class ConsumedTopics {

    private final Set<String> consumers = new ConcurrentSkipListSet<>();
    private final Set<String> names = new ConcurrentSkipListSet<>();
    private final Map<String, Pattern> patterns = new ConcurrentHashMap<>();

    /** Adds a consumer with the names of its topics. */
    public void add(String consumer, Collection<String> topics) {
        consumers.add(consumer);
        names.addAll(topics);
    }

    /** Adds a consumer with what its container reads: topics by name, all topics that match a pattern, or single partitions. */
    public void add(String consumer, ContainerProperties container) {
        consumers.add(consumer);
        String[] topics = container.getTopics();
        if (topics != null) {
            names.addAll(Set.of(topics));
        }
        TopicPartitionOffset[] partitions = container.getTopicPartitions();
        if (partitions != null) {
            for (TopicPartitionOffset partition : partitions) {
                names.add(partition.getTopic());
            }
        }
        Pattern pattern = container.getTopicPattern();
        if (pattern != null) {
            patterns.put(pattern.pattern(), pattern);
        }
    }

    /** {@return the consumers whose events may be removed} */
    public Set<String> consumers() {
        return Set.copyOf(consumers);
    }

    /** {@return all topics that are known by name} */
    public Set<String> names() {
        return Set.copyOf(names);
    }

    /** {@return the patterns that the names of further topics match} */
    public Set<Pattern> patterns() {
        return patterns.values().stream().collect(Collectors.toUnmodifiableSet());
    }
}

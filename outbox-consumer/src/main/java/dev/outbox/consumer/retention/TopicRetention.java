package dev.outbox.consumer.retention;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows how long topics can deliver an event. */
interface TopicRetention {

    /** Forever. */
    Duration UNLIMITED = Duration.ofSeconds(Long.MAX_VALUE);

    /**
     * {@return the longest time between the sending and the last possible delivery of an event, for each topic that exists}
     *
     * @throws TopicsUnknownException if Kafka does not say
     */
    Map<String, Duration> of(Set<String> topics);

    /**
     * {@return the names of the topics that match}
     *
     * @throws TopicsUnknownException if Kafka does not say
     */
    Set<String> matching(Pattern pattern);
}

package dev.outbox.event;

import java.util.regex.Pattern;

/** The names of topics: the default one of an aggregate, and what Kafka accepts. */
public final class EventTopics {

    private static final String PREFIX = "outbox.event.";

    /** As Kafka's own check has it (org.apache.kafka.common.internals.Topic). */
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private EventTopics() {}

    /** {@return the topic of an aggregate's events unless told otherwise: {@code outbox.event.<aggregate>}} */
    public static String defaultFor(String aggregateType) {
        return PREFIX + aggregateType;
    }

    /**
     * Refuses what Kafka would refuse later.
     *
     * @throws IllegalArgumentException if the name is empty, longer than 249 characters, {@code .} or {@code ..}, or has
     *     characters other than letters, digits, dot, underscore and hyphen
     */
    public static void requireLegal(String topic) {
        if (!LEGAL.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
            throw new IllegalArgumentException(
                    "Kafka cannot carry topic '%s': 1 to 249 letters, digits, dots, underscores and hyphens"
                            .formatted(topic));
        }
    }
}

package dev.outbox.event;

/**
 * Topic names: the default one for an aggregate, and which names Kafka accepts.
 *
 * @since 0.1.0
 */
public final class EventTopics {

    private static final String PREFIX = "outbox.event.";

    private static final int MAX_LENGTH = 249;

    private EventTopics() {}

    /** {@return the default topic for the events of an aggregate: {@code outbox.event.<aggregate>}} */
    public static String defaultFor(String aggregateType) {
        return PREFIX + aggregateType;
    }

    /**
     * Refuses names that Kafka would refuse later.
     *
     * @throws IllegalArgumentException if the name is empty, longer than 249 characters, {@code .} or {@code ..}, or has
     *     characters other than letters, digits, dot, underscore and hyphen
     */
    public static void requireLegal(String topic) {
        if (!isLegal(topic)) {
            throw new IllegalArgumentException(
                    "'%s' is not a valid name of a Kafka topic: use 1 to 249 letters, digits, dots, underscores and hyphens"
                            .formatted(topic));
        }
    }

    /**
     * Same as Kafka's own check (org.apache.kafka.common.internals.Topic). No pattern, because it runs for every event read.
     */
    private static boolean isLegal(String topic) {
        if (topic.isEmpty() || topic.length() > MAX_LENGTH || topic.equals(".") || topic.equals("..")) {
            return false;
        }
        for (int i = 0; i < topic.length(); i++) {
            if (!isLegal(topic.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLegal(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '.'
                || letter == '_'
                || letter == '-';
    }
}

package dev.outbox.console.internal.targets;

import java.util.List;

/**
 * A target, such as a Kafka cluster.
 *
 * @param kind what it is, such as {@code kafka}
 * @param name what it is called
 * @param addresses how it is reached
 * @param topics what the latest events go to, and what cannot be written to
 */
public record Target(String kind, String name, List<String> addresses, List<TargetTopic> topics) {

    /** Keeps unmodifiable copies. */
    public Target {
        addresses = List.copyOf(addresses);
        topics = List.copyOf(topics);
    }
}

package dev.outbox.relay.broker;

import java.util.List;

/**
 * Where a relay publishes.
 *
 * @param kind what it is, such as {@code kafka}
 * @param name what it is called, if there are several of a kind
 * @param addresses how it is reached
 * @since 0.1.0
 */
public record PublishingTarget(String kind, String name, List<String> addresses) {

    /** Keeps an unmodifiable copy. */
    public PublishingTarget {
        addresses = List.copyOf(addresses);
    }
}

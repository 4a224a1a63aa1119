package dev.outbox.consumer.internal.health;

import dev.outbox.consumer.internal.health.ConsumerContainers.DeadConsumer;
import dev.outbox.consumer.internal.parking.ParkedBacklog;
import dev.outbox.consumer.internal.parking.ParkedWatch;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What this service knows of its consumers, at one place for those who ask: health and the endpoint. It asks no server.
 *
 * @param parked null if the service has no store for parked events
 */
record InboxView(ConsumerContainers containers, @Nullable ParkedWatch parked) {

    /** {@return the dead consumers, and what is wrong with each} */
    SortedMap<String, String> dead() {
        // Listeners may share a group.
        return containers.dead().stream()
                .collect(Collectors.groupingBy(
                        DeadConsumer::consumer,
                        TreeMap::new,
                        Collectors.mapping(DeadConsumer::text, Collectors.joining("; "))));
    }

    /** {@return the consumers of which something is parked, and how much} */
    SortedMap<String, ParkedBacklog> parkedEvents() {
        SortedMap<String, ParkedBacklog> found = new TreeMap<>();
        if (parked != null) {
            for (String consumer : containers.topics().keySet()) {
                parked.backlog(consumer)
                        .filter(backlog -> backlog.events() > 0)
                        .ifPresent(backlog -> found.put(consumer, backlog));
            }
        }
        return found;
    }
}

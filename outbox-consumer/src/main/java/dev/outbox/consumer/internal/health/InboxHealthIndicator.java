package dev.outbox.consumer.internal.health;

import dev.outbox.consumer.internal.health.ConsumerContainers.DeadConsumer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while a consumer of the inbox is dead, that is, it does not poll although nobody has stopped it. The details name the
 * consumer, what it should read and the cause. Nothing else brings it down: neither parked events nor an unreachable broker. It
 * asks no server.
 */
final class InboxHealthIndicator extends AbstractHealthIndicator {

    private final ConsumerContainers containers;

    InboxHealthIndicator(ConsumerContainers containers) {
        this.containers = containers;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<DeadConsumer> dead = containers.dead();
        if (dead.isEmpty()) {
            health.up();
            return;
        }
        // Listeners may share a group.
        Map<String, String> byConsumer = dead.stream()
                .collect(Collectors.groupingBy(
                        consumer -> "consumer " + consumer.consumer(),
                        TreeMap::new,
                        Collectors.mapping(InboxHealthIndicator::text, Collectors.joining("; "))));
        health.down().withDetails(byConsumer);
    }

    private static String text(DeadConsumer consumer) {
        return "does not read %s: %s".formatted(String.join(", ", consumer.topics()), consumer.cause());
    }
}

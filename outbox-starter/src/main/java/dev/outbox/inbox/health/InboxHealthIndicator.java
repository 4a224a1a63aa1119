package dev.outbox.inbox.health;

import dev.outbox.inbox.health.ConsumerContainers.DeadConsumer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while a consumer of the inbox is dead: it does not poll although nobody has stopped it. Says which one, what it should
 * read and the cause. Nothing else brings it down: not what is parked, and not a broker that is away. Asks nobody.
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

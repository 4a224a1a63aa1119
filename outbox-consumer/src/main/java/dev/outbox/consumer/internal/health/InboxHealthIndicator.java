package dev.outbox.consumer.internal.health;

import dev.outbox.consumer.internal.parking.ParkedBacklog;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Down while a consumer of the inbox is dead, that is, it does not poll although nobody has stopped it. The details name the
 * consumer, what it should read and the cause. Nothing else brings it down: neither parked events, which are among the details,
 * nor an unreachable broker. It asks no server.
 */
final class InboxHealthIndicator extends AbstractHealthIndicator {

    private final InboxView view;

    InboxHealthIndicator(InboxView view) {
        this.view = view;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        SortedMap<String, ParkedBacklog> parked = view.parkedEvents();
        if (!parked.isEmpty()) {
            SortedMap<String, Object> shown = new TreeMap<>();
            parked.forEach((consumer, backlog) -> shown.put(
                    consumer,
                    Map.of("events", backlog.events(), "age", backlog.age().toString())));
            health.withDetail("parked", shown);
        }
        SortedMap<String, String> dead = view.dead();
        dead.forEach((consumer, trouble) -> health.withDetail("consumer " + consumer, trouble));
        if (dead.isEmpty()) {
            health.up();
        } else {
            health.down();
        }
    }
}

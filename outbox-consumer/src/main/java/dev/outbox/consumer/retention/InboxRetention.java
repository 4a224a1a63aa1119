package dev.outbox.consumer.retention;

import dev.outbox.consumer.retention.InboxRetentionProperties.ShortWindow;
import dev.outbox.consumer.retention.RemovalResult.Elsewhere;
import dev.outbox.consumer.retention.RemovalResult.Needed;
import dev.outbox.consumer.retention.RemovalResult.Removed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/**
 * Removes applied events of this service's consumers that no topic can deliver any longer. It checks that first, on every run,
 * and then removes the events in batches, by one instance at a time. Thread-safe.
 *
 * @since 0.1.0
 */
public final class InboxRetention {

    private static final String LOCK = "outbox-inbox-retention";
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ProcessedEvents events;
    private final RetentionWindow window;
    private final LockProvider locks;
    private final InboxRetentionProperties properties;
    private final Clock clock;

    InboxRetention(
            ProcessedEvents events,
            RetentionWindow window,
            LockProvider locks,
            InboxRetentionProperties properties,
            Clock clock) {
        this.events = events;
        this.window = window;
        this.locks = locks;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * {@return what was done}
     *
     * @throws RuntimeException if Kafka does not say how long it keeps the topics, or the database cannot be queried; nothing
     *     is removed then
     */
    public RemovalResult runOnce() {
        if (properties.shortWindow() != ShortWindow.IGNORE) {
            Map<String, Duration> longer = window.tooShortFor();
            if (!longer.isEmpty()) {
                return new Needed(longer);
            }
        }
        Optional<SimpleLock> lock = locks.lock(new LockConfiguration(clock.instant(), LOCK, LONGEST, Duration.ZERO));
        if (lock.isEmpty()) {
            return new Elsewhere();
        }
        try {
            return new Removed(removeAll());
        } finally {
            lock.get().unlock();
        }
    }

    /** Ends before the lock expires. */
    private long removeAll() {
        long removed = 0;
        Instant end = clock.instant().plus(LONGEST.dividedBy(2));
        int batch;
        do {
            batch = events.removeOlderThan(window.consumers(), window.keep(), properties.batchSize());
            removed += batch;
        } while (batch == properties.batchSize() && clock.instant().isBefore(end));
        return removed;
    }
}

package dev.outbox.consumer.retention;

import dev.outbox.consumer.retention.InboxRetentionProperties.ShortWindow;
import dev.outbox.consumer.retention.RemovalResult.Needed;
import dev.outbox.consumer.retention.RemovalResult.Removed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Checks the window before the first event is consumed, and then runs the retention repeatedly, on its own thread.
 */
final class InboxRetentionLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRetentionLoop.class);

    /** Listener containers start at Integer.MAX_VALUE - 100. */
    private static final int BEFORE_CONSUMERS = Integer.MAX_VALUE - 1000;

    private final InboxRetention retention;
    private final RetentionWindow window;
    private final InboxRetentionProperties properties;
    private @Nullable ScheduledExecutorService executor;
    private boolean failing;

    InboxRetentionLoop(InboxRetention retention, RetentionWindow window, InboxRetentionProperties properties) {
        this.retention = retention;
        this.window = window;
        this.properties = properties;
    }

    /**
     * @throws ShortRetentionException if the window is too short and the settings say that this is refused
     */
    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        if (properties.shortWindow() != ShortWindow.IGNORE) {
            check();
        }
        ScheduledExecutorService started =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "outbox-inbox-retention"));
        executor = started;
        repeat(started);
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdown();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }

    @Override
    public int getPhase() {
        return BEFORE_CONSUMERS;
    }

    private void check() {
        Map<String, Duration> longer;
        try {
            longer = window.tooShortFor();
        } catch (TopicsUnknownException unknown) {
            LOG.info("Processed events stay in the inbox until Kafka tells how long it keeps the topics", unknown);
            return;
        }
        if (!longer.isEmpty()) {
            ShortRetentionException tooShort = new ShortRetentionException(window.keep(), longer);
            if (properties.shortWindow() == ShortWindow.REFUSE) {
                throw tooShort;
            }
            LOG.warn("{}; nothing is removed. {}", tooShort.getMessage(), tooShort.fix());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // run() throws nothing
    private void repeat(ScheduledExecutorService started) {
        long interval = properties.interval().toNanos();
        started.scheduleWithFixedDelay(this::run, interval, interval, TimeUnit.NANOSECONDS);
    }

    void run() {
        try {
            RemovalResult result = retention.runOnce();
            failing = false;
            if (result instanceof Removed removed && removed.events() > 0) {
                LOG.info("Removed {} processed events from the inbox", removed.events());
            } else if (result instanceof Needed needed) {
                LOG.warn("Processed events stay in the inbox, as topics can still deliver them: {}", needed.topics());
            }
        } catch (RuntimeException | Error failed) { // otherwise the schedule would end silently
            if (!failing) {
                LOG.warn("Processed events could not be removed from the inbox; they stay until that is fixed", failed);
                failing = true;
            }
        }
    }
}

package dev.outbox.consumer.retention;

import dev.outbox.consumer.retention.InboxRetentionProperties.ShortWindow;
import dev.outbox.consumer.retention.RemovalResult.Needed;
import dev.outbox.consumer.retention.RemovalResult.Removed;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the window before the first event is consumed, and then runs the retention repeatedly, on its own thread.
 */
final class InboxRetentionLoop extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRetentionLoop.class);

    /** Listener containers start at Integer.MAX_VALUE - 100. */
    private static final int BEFORE_CONSUMERS = Integer.MAX_VALUE - 1000;

    private final InboxRetention retention;
    private final RetentionWindow window;
    private final InboxRetentionProperties properties;

    InboxRetentionLoop(InboxRetention retention, RetentionWindow window, InboxRetentionProperties properties) {
        super("outbox-inbox-retention");
        this.retention = retention;
        this.window = window;
        this.properties = properties;
    }

    /**
     * @throws ShortRetentionException if the window is too short and the settings say that this is refused
     */
    @Override
    public synchronized void start() {
        if (!isRunning() && properties.shortWindow() != ShortWindow.IGNORE) {
            check();
        }
        super.start();
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
            LOG.info("Applied events stay in the inbox until Kafka says how long it keeps the topics", unknown);
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

    @Override
    protected Duration firstPause() {
        return properties.interval();
    }

    @Override
    protected Duration pass() {
        RemovalResult result = retention.runOnce();
        if (result instanceof Removed removed && removed.events() > 0) {
            LOG.info("Removed {} applied events from the inbox", removed.events());
        } else if (result instanceof Needed needed) {
            LOG.warn("Applied events stay in the inbox, because topics can still deliver them: {}", needed.topics());
        }
        return properties.interval();
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew) {
            LOG.warn("Applied events could not be removed from the inbox; they stay until that is fixed", failure);
        }
        return properties.interval();
    }
}

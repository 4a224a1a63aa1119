package dev.outbox.relay.internal.wakeup;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Passes notifications on to the relay as hints, on its own thread. A missed notification costs latency only, because the
 * relay polls anyway.
 */
final class CommitListener implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CommitListener.class);

    private static final String THREAD_NAME = "outbox-listen";

    /** How often a silent connection is checked. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final CommitNotifications notifications;
    private final LocalHints hints;
    private final Duration reconnect;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Thread thread;
    private boolean failing;

    /**
     * @param reconnect pause before a new connection attempt
     */
    CommitListener(CommitNotifications notifications, LocalHints hints, Duration reconnect) {
        this.notifications = notifications;
        this.hints = hints;
        this.reconnect = reconnect;
    }

    @Override
    public synchronized void start() {
        if (!isRunning()) {
            Thread started = new Thread(this::run, THREAD_NAME);
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    @Override
    public synchronized void stop() {
        stopped.countDown();
        notifications.close();
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            boolean stop = false;
            while (!stop) {
                stop = listen() ? stopped.getCount() == 0 : stopped.await(reconnect.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return false if there is no connection} */
    private boolean listen() {
        try {
            if (notifications.await(SILENCE)) {
                hints.committedElsewhere();
            }
            failing = false;
            return true;
        } catch (DataAccessException e) {
            if (!failing && stopped.getCount() > 0) {
                failing = true;
                log.info("{}; until that is fixed, the relay polls for events", e.getMessage(), e);
            }
            return false;
        }
    }
}

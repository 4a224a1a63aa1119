package dev.outbox.producer.internal.wakeup;

import dev.outbox.internal.wakeup.RemoteCommitHint;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Combines commits into notifications.
 *
 * <p>A transaction that notifies makes all others of the server commit one by one. So none of them does: a separate thread
 * sends, on its own connection, one notification for all commits since the last one, and pauses after each.
 *
 * <p>A notification that cannot be sent is dropped. The relay finds the events at its next poll.
 */
final class RelayNotifier implements RemoteCommitHint, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RelayNotifier.class);

    /** Below the phases of web servers and message listeners, whose last commits should still be notified. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final String THREAD_NAME = "outbox-notify";

    private final RelayNotification notification;
    private final Pause pause;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final Semaphore commits = new Semaphore(0);
    private volatile @Nullable Thread thread;
    private boolean failing;

    RelayNotifier(RelayNotification notification, Pause pause) {
        this.notification = notification;
        this.pause = pause;
    }

    @Override
    public void committed() {
        // The cheap check first, because there may be thousands of commits a second.
        if (!pending.get() && pending.compareAndSet(false, true)) {
            commits.release();
        }
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
        Thread running = thread;
        if (running != null) {
            thread = null;
            running.interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        try {
            while (thread == Thread.currentThread()) {
                commits.acquire();
                pending.set(false);
                send();
                pause.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            notification.close();
        }
    }

    private void send() {
        try {
            notification.send();
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                failing = true;
                log.info("{}; until that is fixed, the relay polls for events", e.getMessage(), e);
            }
        }
    }

    /** The time between two notifications. */
    @FunctionalInterface
    interface Pause {

        /** Waits. */
        void await() throws InterruptedException;
    }
}

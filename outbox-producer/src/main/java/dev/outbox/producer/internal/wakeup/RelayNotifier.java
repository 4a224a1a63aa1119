package dev.outbox.producer.internal.wakeup;

import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.internal.wakeup.RemoteCommitHint;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Combines commits into notifications.
 *
 * <p>A transaction that notifies makes all others of the server commit one by one. So none of them does: a separate thread
 * sends, on its own connection, one notification for all commits since the last one, and pauses after each.
 *
 * <p>A notification that cannot be sent is dropped. The relay finds the events at its next poll.
 */
final class RelayNotifier extends BackgroundLoop implements RemoteCommitHint {

    private static final Logger log = LoggerFactory.getLogger(RelayNotifier.class);

    /** Below the phases of web servers and message listeners, whose last commits should still be notified. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private final RelayNotification notification;
    private final Pause pause;
    private final AtomicBoolean pending = new AtomicBoolean();

    RelayNotifier(RelayNotification notification, Pause pause) {
        super("outbox-notify");
        this.notification = notification;
        this.pause = pause;
    }

    @Override
    public void committed() {
        // The cheap check first, because there may be thousands of commits a second.
        if (!pending.get() && pending.compareAndSet(false, true)) {
            wake();
        }
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    protected Duration pass() throws InterruptedException {
        if (pending.getAndSet(false)) {
            try {
                notification.send();
            } finally {
                pause.await();
            }
        }
        return WITHOUT_LIMIT;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew) {
            log.info("{}; until that is fixed, the relay polls for events", failure.getMessage(), failure);
        }
        return Duration.ZERO;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    @Override
    protected void stopping(Thread running) {
        running.interrupt();
    }

    @Override
    protected void ended() {
        notification.close();
    }

    /** The time between two notifications. */
    @FunctionalInterface
    interface Pause {

        /** Waits. */
        void await() throws InterruptedException;
    }
}

package dev.outbox.relay.internal.wakeup;

import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes notifications on to the relay as hints, on its own thread. A missed notification costs latency only, because the
 * relay polls anyway.
 */
final class CommitListener extends BackgroundLoop {

    private static final Logger log = LoggerFactory.getLogger(CommitListener.class);

    /** How often a silent connection is checked. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final CommitNotifications notifications;
    private final LocalHints hints;
    private final Duration reconnect;

    /**
     * @param reconnect pause before a new connection attempt
     */
    CommitListener(CommitNotifications notifications, LocalHints hints, Duration reconnect) {
        super("outbox-listen");
        this.notifications = notifications;
        this.hints = hints;
        this.reconnect = reconnect;
    }

    @Override
    protected Duration pass() {
        if (notifications.await(SILENCE)) {
            hints.committedElsewhere();
        }
        return Duration.ZERO;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (isNew && isRunning()) {
            log.info("{}; until that is fixed, the relay polls for events", failure.getMessage(), failure);
        }
        return reconnect;
    }

    @Override
    protected boolean isDaemon() {
        return true;
    }

    @Override
    protected void stopping(Thread running) {
        notifications.close();
    }

    /** The last pass may have made a connection after the wait was ended. */
    @Override
    protected void ended() {
        notifications.close();
    }
}

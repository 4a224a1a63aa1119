package dev.outbox.relay.internal.wakeup;

import java.time.Duration;

/** The notifications that services send after commits. Used by one thread, except {@link #close()}. */
interface CommitNotifications extends AutoCloseable {

    /**
     * Waits for notifications.
     *
     * @return whether there may be something new: notifications came, or a connection was made, before which none could be
     *     received
     * @throws org.springframework.dao.DataAccessException if there is no connection; the next call tries to make one
     */
    boolean await(Duration timeout);

    /** Ends a wait and closes the connection; the next wait makes another one. Callable by any thread. */
    @Override
    void close();
}

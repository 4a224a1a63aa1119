package dev.outbox.producer.internal.wakeup;

/** Tells the relays that there has been a commit. Used by one thread. */
interface RelayNotification extends AutoCloseable {

    /**
     * Sends the notification, outside any business transaction.
     *
     * @throws org.springframework.dao.DataAccessException if it cannot be sent
     */
    void send();

    @Override
    void close();
}

package dev.outbox.producer.internal.write;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The events of a transaction, for the connection that commits it. Bound to the thread as long as the transaction is. */
public interface PendingEvents {

    /** Under which they are bound. */
    Object BINDING = PendingEvents.class;

    /** {@return those of the current transaction; null if there is none} */
    static @Nullable PendingEvents current() {
        return (PendingEvents) TransactionSynchronizationManager.getResource(BINDING);
    }

    /**
     * Writes the events if it is their transaction that is about to commit. This may commit it in the same round trip.
     *
     * @param connection which commits next, and rolls back if this fails; it may be that of another transaction
     */
    void beforeCommit(Connection connection);

    /**
     * Drops the events if it is their transaction that is rolled back.
     *
     * @param connection which rolls back, not only to a savepoint; it may be that of another transaction
     */
    void onRollback(Connection connection);
}

package dev.outbox.consumer.guard;

import javax.sql.DataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Checks that what is written to the inbox is part of the transaction of the effects. */
final class InboxTransactions {

    private InboxTransactions() {}

    /**
     * Without the transaction's own connection, a row would be committed at once, before any effect.
     *
     * @throws IllegalStateException if there is no transaction, or it belongs to another DataSource
     */
    static void require(DataSource dataSource, GuardedEvent event) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.hasResource(dataSource)) {
            throw new IllegalStateException(
                    ("%s cannot be entered into the inbox: the current transaction, if any, is not"
                                    + " one of the DataSource that holds the inbox (%s). Use the transaction"
                                    + " manager of that DataSource (JPA or JDBC), as its @Primary one if there are several.")
                            .formatted(event, dataSource));
        }
    }
}

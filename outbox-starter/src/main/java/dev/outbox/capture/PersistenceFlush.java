package dev.outbox.capture;

import org.springframework.transaction.TransactionManager;

/** Brings changes that are still in memory to the database. */
@FunctionalInterface
interface PersistenceFlush {

    /** Without JPA every change is in the database already. */
    PersistenceFlush NONE = manager -> {};

    /**
     * Flushes what the commit of the current transaction would flush, and nothing else.
     *
     * @param manager the transaction manager of the current transaction
     */
    void flush(TransactionManager manager);
}

package dev.outbox.producer.internal.persistence;

import org.springframework.transaction.TransactionManager;

/** Writes changes that are still in memory to the database. */
@FunctionalInterface
public interface PersistenceFlush {

    /** Without JPA, every change is already in the database. */
    PersistenceFlush NONE = manager -> {};

    /**
     * Flushes what the commit of the current transaction would flush, and nothing else.
     *
     * @param manager the transaction manager of the current transaction
     */
    void flush(TransactionManager manager);
}

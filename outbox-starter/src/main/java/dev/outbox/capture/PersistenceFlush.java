package dev.outbox.capture;

/** Brings changes that are still in memory to the database. */
@FunctionalInterface
interface PersistenceFlush {

    /** Without JPA every change is in the database already. */
    PersistenceFlush NONE = () -> {};

    void flush();
}

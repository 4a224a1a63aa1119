package dev.outbox.test;

/**
 * Something that a test has broken. It does not refer to the class that it breaks, which may be missing from the class path.
 */
@FunctionalInterface
interface Recovering {

    void recover();
}

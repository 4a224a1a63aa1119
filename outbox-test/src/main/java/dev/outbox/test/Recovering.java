package dev.outbox.test;

/** Something that a test has broken. Known without what it breaks, which need not be on the class path. */
@FunctionalInterface
interface Recovering {

    void recover();
}

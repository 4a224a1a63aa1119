package dev.outbox.sidecar;

/** What passes between two looks at something that goes on. */
@FunctionalInterface
interface Pause {

    void pass() throws InterruptedException;
}

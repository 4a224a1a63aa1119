package dev.outbox.sidecar.internal.terminal;

/** What passes between two looks at something that goes on. */
@FunctionalInterface
public interface Pause {

    void pass() throws InterruptedException;
}

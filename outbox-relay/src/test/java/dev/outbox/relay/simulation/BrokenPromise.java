package dev.outbox.relay.simulation;

/** What must never happen has happened. */
final class BrokenPromise extends AssertionError {

    private static final long serialVersionUID = 1L;

    BrokenPromise(String message) {
        super(message);
    }
}

package dev.outbox.relay.simulation;

/** Unwinds the pass of a process that is no more; an error, for nothing may catch it on the way. */
final class KilledError extends Error {

    private static final long serialVersionUID = 1L;

    KilledError() {
        super("killed", null, false, false);
    }
}

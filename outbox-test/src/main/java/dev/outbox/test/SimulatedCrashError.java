package dev.outbox.test;

/** What no code of the service may catch, as it could not if its process were killed. */
final class SimulatedCrashError extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrashError(String message) {
        super(message);
    }
}

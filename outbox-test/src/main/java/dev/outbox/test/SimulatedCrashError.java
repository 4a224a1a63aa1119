package dev.outbox.test;

/** An error that no code of the service may catch, because none could if its process were killed. */
final class SimulatedCrashError extends Error {

    private static final long serialVersionUID = 1L;

    SimulatedCrashError(String message) {
        super(message);
    }
}

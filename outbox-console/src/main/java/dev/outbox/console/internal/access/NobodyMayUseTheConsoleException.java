package dev.outbox.console.internal.access;

/** The console is switched on, and there is no way to sign in. */
final class NobodyMayUseTheConsoleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NobodyMayUseTheConsoleException(String message) {
        super(message);
    }
}

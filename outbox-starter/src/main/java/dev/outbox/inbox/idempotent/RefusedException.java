package dev.outbox.inbox.idempotent;

/** Rolls back the transaction of a listener that wants what it got again. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private RefusedException() {
        super("The listener has not acknowledged", null, false, false);
    }

    static void throwIf(boolean refused) {
        if (refused) {
            throw new RefusedException();
        }
    }
}

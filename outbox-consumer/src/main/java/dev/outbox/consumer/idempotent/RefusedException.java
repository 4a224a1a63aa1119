package dev.outbox.consumer.idempotent;

/** Rolls back the transaction of a listener that wants its records again. */
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

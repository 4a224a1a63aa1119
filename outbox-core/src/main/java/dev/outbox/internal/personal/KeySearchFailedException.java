package dev.outbox.internal.personal;

/** A key could not be looked for, which says nothing about the payload. */
public final class KeySearchFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    KeySearchFailedException(RuntimeException failure) {
        super(failure);
        this.failure = failure;
    }

    /** {@return what the keys have thrown} */
    public RuntimeException failure() {
        return failure;
    }
}

package dev.outbox.consumer;

/** Tells which record of a batch made its transaction fail. */
final class CulpritException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final RuntimeException failure;

    CulpritException(int index, RuntimeException failure) {
        super(failure);
        this.index = index;
        this.failure = failure;
    }

    /** {@return the index of the record in the batch} */
    int index() {
        return index;
    }

    /** {@return what went wrong} */
    RuntimeException failure() {
        return failure;
    }
}

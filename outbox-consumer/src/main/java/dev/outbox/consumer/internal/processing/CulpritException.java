package dev.outbox.consumer.internal.processing;

/** Tells which record of a batch made its transaction fail. */
public final class CulpritException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int index;
    private final RuntimeException failure;

    CulpritException(int index, RuntimeException failure) {
        super(failure);
        this.index = index;
        this.failure = failure;
    }

    /** {@return the index of the record in the batch} */
    public int index() {
        return index;
    }

    /** {@return what went wrong} */
    public RuntimeException failure() {
        return failure;
    }
}

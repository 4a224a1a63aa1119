package dev.outbox.downcast;

/**
 * A {@link Downcaster} that cannot be used as it stands, one that is missing, or a setting that asks for a version that
 * there is none of. Stops the start.
 */
public final class InvalidDowncasterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    InvalidDowncasterException(String problem, String mend) {
        super(problem);
        this.mend = mend;
    }

    /** {@return what to change} */
    public String mend() {
        return mend;
    }
}

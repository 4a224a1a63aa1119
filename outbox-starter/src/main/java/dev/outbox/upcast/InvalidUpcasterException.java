package dev.outbox.upcast;

/** An {@link Upcaster} that cannot be used as it stands, or one that is missing. Stops the start. */
public final class InvalidUpcasterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    InvalidUpcasterException(String problem, String mend) {
        super(problem);
        this.mend = mend;
    }

    /** {@return what to change} */
    public String mend() {
        return mend;
    }
}

package dev.outbox.internal.upcast;

import dev.outbox.upcast.Upcaster;

/** An {@link Upcaster} that cannot be used as it is, or one that is missing. The application does not start. */
public final class InvalidUpcasterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    public InvalidUpcasterException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}

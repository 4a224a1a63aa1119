package dev.outbox.producer.internal.downcast;

import dev.outbox.producer.downcast.Downcaster;

/**
 * A {@link Downcaster} cannot be used or is missing, or a setting asks for a version that does not exist. Stops the startup.
 */
public final class InvalidDowncasterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fix;

    InvalidDowncasterException(String problem, String fix) {
        super(problem);
        this.fix = fix;
    }

    /** {@return what to change} */
    public String fix() {
        return fix;
    }
}

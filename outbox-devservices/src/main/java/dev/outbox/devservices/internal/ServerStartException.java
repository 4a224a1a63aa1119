package dev.outbox.devservices.internal;

/** A server cannot be started; says why, and what to do about it. */
public abstract class ServerStartException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ServerStartException(String message) {
        super(message);
    }

    /** {@return what to do, as a sentence or two} */
    public abstract String action();
}

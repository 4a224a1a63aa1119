package dev.outbox.console.internal.api;

/** What a request names is there, but does not work yet. */
public final class NotStartedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotStartedException(String message, Throwable cause) {
        super(message, cause);
    }
}

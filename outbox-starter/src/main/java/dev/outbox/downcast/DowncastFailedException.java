package dev.outbox.downcast;

import org.jspecify.annotations.Nullable;

/** A {@link Downcaster} that could not make the version before of an event. Refuses the event. */
final class DowncastFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DowncastFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.outbox.inbox;

import org.jspecify.annotations.Nullable;

/**
 * An event could not be handled now. Its transaction is rolled back, and the event is tried again until it succeeds. The
 * message names event and handler, never the payload.
 */
public final class EventHandlingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EventHandlingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

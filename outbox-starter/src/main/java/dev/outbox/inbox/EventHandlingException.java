package dev.outbox.inbox;

import org.jspecify.annotations.Nullable;

/**
 * An event could not be handled now. Its transaction is rolled back; the failure policy says what becomes of the event. The
 * message names event and handler, never the payload.
 */
public final class EventHandlingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable EventHandlerMethod handler;

    EventHandlingException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    EventHandlingException(String message, @Nullable Throwable cause, @Nullable EventHandlerMethod handler) {
        super(message, cause);
        this.handler = handler;
    }

    /** {@return which handler failed; null if the event did not come so far} */
    @Nullable
    EventHandlerMethod handler() {
        return handler;
    }
}

package dev.outbox.consumer.internal.handler;

import org.jspecify.annotations.Nullable;

/**
 * An event could not be handled now. Its transaction is rolled back, and the failure policy decides what happens to the event.
 * The message names the event and the handler, never the payload.
 */
public final class EventHandlingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable EventHandlerMethod handler;

    public EventHandlingException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    public EventHandlingException(String message, @Nullable Throwable cause, @Nullable EventHandlerMethod handler) {
        super(message, cause);
        this.handler = handler;
    }

    /** {@return the handler that failed; null if the event did not reach a handler} */
    public @Nullable EventHandlerMethod handler() {
        return handler;
    }
}

package dev.outbox.eventstore.internal.projection;

import org.jspecify.annotations.Nullable;

/** A handler has thrown. The message names the method and the event, never the payload. */
final class HandlerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandlerFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.outbox.producer.internal.downcast;

import dev.outbox.producer.downcast.Downcaster;
import org.jspecify.annotations.Nullable;

/** A {@link Downcaster} could not create the previous version of an event. The event is refused. */
final class DowncastFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DowncastFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.outbox.upcast;

import org.jspecify.annotations.Nullable;

/**
 * A stored payload that the service cannot read as the class it understands: no format for its content type, a version
 * that is newer or has no way to the current one, or content that does not fit the class. The message names the type and
 * the version, never the content.
 */
public final class UnreadablePayloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        this(message, null);
    }

    UnreadablePayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

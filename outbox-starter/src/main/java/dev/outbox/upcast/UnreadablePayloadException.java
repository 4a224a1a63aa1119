package dev.outbox.upcast;

import org.jspecify.annotations.Nullable;

/**
 * A stored payload that the service cannot read as the class it understands: no format for its content type, a version
 * that is newer or has no way to the current one, or content that does not fit the class. Another attempt ends the same
 * until the service is changed. The message names the type and the version, never the content.
 */
public sealed class UnreadablePayloadException extends RuntimeException permits NewerVersionException {

    private static final long serialVersionUID = 1L;

    UnreadablePayloadException(String message) {
        this(message, null);
    }

    UnreadablePayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

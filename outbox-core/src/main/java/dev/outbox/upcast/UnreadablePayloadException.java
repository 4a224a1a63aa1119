package dev.outbox.upcast;

import org.jspecify.annotations.Nullable;

/**
 * A stored payload that the service cannot read as the class it understands: there is no format for its content type, its
 * version is newer or cannot be converted to the current one, or its content does not fit the class. Another attempt has the
 * same result until the service is changed. The message names the type and the version, never the content.
 *
 * @since 0.1.0
 */
public sealed class UnreadablePayloadException extends RuntimeException permits NewerVersionException {

    private static final long serialVersionUID = 1L;

    public UnreadablePayloadException(String message) {
        this(message, null);
    }

    public UnreadablePayloadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.outbox.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The serialised event, written once by the service and then passed on unchanged. Equality is by content.
 *
 * <p>The bytes are not copied, neither on the way in nor on the way out: callers must not change them.
 *
 * @since 0.1.0
 */
public final class EventPayload {

    /** Media type of a payload in JSON. */
    public static final String JSON = "application/json";

    private final String contentType;
    private final byte[] bytes;

    private EventPayload(String contentType, byte[] bytes) {
        if (contentType.isBlank()) {
            throw new IllegalArgumentException("Content type of a payload is blank");
        }
        this.contentType = contentType;
        this.bytes = bytes;
    }

    /**
     * {@return a payload of the given media type, such as {@link #JSON}}
     *
     * @throws IllegalArgumentException if the content type is blank
     */
    public static EventPayload of(String contentType, byte[] bytes) {
        return new EventPayload(contentType, bytes);
    }

    /** {@return a JSON payload} */
    public static EventPayload json(byte[] bytes) {
        return new EventPayload(JSON, bytes);
    }

    /** {@return the media type, such as {@link #JSON}} */
    public String contentType() {
        return contentType;
    }

    /** {@return the bytes themselves, not a copy} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return number of bytes} */
    public int size() {
        return bytes.length;
    }

    /** {@return the bytes decoded as UTF-8, for people and for tests} */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventPayload that
                && contentType.equals(that.contentType)
                && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * contentType.hashCode() + Arrays.hashCode(bytes);
    }

    /** {@return type and size; never the content, which may be confidential} */
    @Override
    public String toString() {
        return contentType + ", " + bytes.length + " bytes";
    }
}

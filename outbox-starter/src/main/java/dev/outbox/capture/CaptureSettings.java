package dev.outbox.capture;

import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.util.unit.DataSize;

/**
 * What holds for every event of this service.
 *
 * @param source CloudEvents source
 * @param maxPayloadSize largest serialised event
 */
record CaptureSettings(String source, DataSize maxPayloadSize) {

    private static final int MAX_SOURCE_LENGTH = 255;

    /**
     * @throws IllegalArgumentException if the source is not a URI reference or a limit is not positive
     */
    CaptureSettings {
        try {
            if (new URI(source).toString().isEmpty() || source.length() > MAX_SOURCE_LENGTH) {
                throw new IllegalArgumentException(
                        "outbox.capture.source '%s' must be 1 to %d characters".formatted(source, MAX_SOURCE_LENGTH));
            }
        } catch (URISyntaxException notUri) {
            throw new IllegalArgumentException(
                    "outbox.capture.source '%s' must be a URI reference, such as /order-service".formatted(source),
                    notUri);
        }
        if (maxPayloadSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "outbox.capture.max-payload-size %s must be positive".formatted(maxPayloadSize));
        }
    }
}

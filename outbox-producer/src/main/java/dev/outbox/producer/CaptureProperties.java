package dev.outbox.producer;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the capture of events.
 *
 * @param enabled whether events raised in transactions are written to the outbox
 * @param source CloudEvents source of the events, a URI reference; by default "/" and spring.application.name
 * @param maxPayloadSize largest serialised event; leave room for headers below Kafka's max.request.size and
 *     max.message.bytes
 * @param commitWithEvents whether the events are sent together with the commit, by the connection that commits; false if they
 *     should be written before the commit, by a statement of its own
 * @param collectFromEntities whether the events that entities have registered are published when the transaction commits,
 *     including those of entities that were not passed to save; with Hibernate and Spring Data
 * @since 0.1.0
 */
@ConfigurationProperties("outbox.capture")
public record CaptureProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String source,
        @DefaultValue("900KB") DataSize maxPayloadSize,
        @DefaultValue("true") boolean commitWithEvents,
        @DefaultValue("false") boolean collectFromEntities) {

    private static final int MAX_SOURCE_LENGTH = 255;

    /**
     * @throws IllegalArgumentException if the source is not a URI reference of at most 255 characters or the limit is not
     *     positive
     */
    public CaptureProperties {
        if (source != null && !isUriReference(source)) {
            throw new IllegalArgumentException(
                    "outbox.capture.source '%s' must be a URI reference of 1 to %d characters, such as /order-service"
                            .formatted(source, MAX_SOURCE_LENGTH));
        }
        if (maxPayloadSize.toBytes() < 1) {
            throw new IllegalArgumentException(
                    "outbox.capture.max-payload-size %s must be positive".formatted(maxPayloadSize));
        }
    }

    /** {@return the source; if none is set, the one that follows from the name of the application} */
    String sourceOf(String applicationName) {
        if (source != null) {
            return source;
        }
        try {
            return new URI(null, null, "/" + applicationName, null).toASCIIString();
        } catch (URISyntaxException unquotable) {
            throw new IllegalStateException(
                    "No CloudEvents source can be made from spring.application.name '%s'; set outbox.capture.source"
                            .formatted(applicationName),
                    unquotable);
        }
    }

    private static boolean isUriReference(String source) {
        try {
            return !new URI(source).toString().isEmpty() && source.length() <= MAX_SOURCE_LENGTH;
        } catch (URISyntaxException notUri) {
            return false;
        }
    }
}

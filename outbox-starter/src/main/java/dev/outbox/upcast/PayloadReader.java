package dev.outbox.upcast;

import dev.outbox.domain.DomainEventType;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.format.PayloadFormat;
import dev.outbox.format.PayloadFormats;
import org.jspecify.annotations.Nullable;

/**
 * Reads a payload of any stored version as the class that the service understands. Thread-safe.
 *
 * <ol>
 *   <li>The stored version is that of the class: the bytes are bound to it directly.
 *   <li>It is lower: the bytes become a tree, the {@link Upcaster} steps bring it to the version of the class, and the
 *       tree is bound.
 *   <li>It is higher: the producer is ahead of this service, which cannot know what the payload means. That is refused.
 * </ol>
 */
public final class PayloadReader {

    private final PayloadFormats formats;
    private final Upcasters upcasters;

    /**
     * @param formats how payloads are read
     * @param upcasters the steps between versions
     */
    PayloadReader(PayloadFormats formats, Upcasters upcasters) {
        this.formats = formats;
        this.upcasters = upcasters;
    }

    /**
     * {@return the event as an object of the class that declares the type}
     *
     * @param payload as it was stored
     * @param version the stored version
     * @param type what the service understands
     * @throws UnreadablePayloadException if that is not possible; the message says why
     */
    public Object read(EventPayload payload, int version, DomainEventType type) {
        EventType stored = new EventType(type.eventType().name(), version);
        int current = type.eventType().version();
        if (version > current) {
            throw new UnreadablePayloadException(
                    "%s was received, but this service understands %s. Deploy a version of ".formatted(stored, type)
                            + "the service whose class has the newer version.");
        }
        PayloadFormat format = formatOf(payload, stored);
        try {
            Object event = version == current
                    ? format.bind(payload.bytes(), stored, type)
                    : format.bind(upcasters.upcast(format.readTree(payload.bytes(), stored), stored, current), type);
            return requirePresent(event, stored, type);
        } catch (UnreadablePayloadException named) {
            throw named;
        } catch (RuntimeException failed) {
            throw new UnreadablePayloadException(
                    "The payload of %s (%s) cannot be read as %s".formatted(stored, payload, type), failed);
        }
    }

    private PayloadFormat formatOf(EventPayload payload, EventType stored) {
        return formats.reading(payload.contentType())
                .orElseThrow(() -> new UnreadablePayloadException(
                        "%s was received as '%s', which nothing here reads. Add a PayloadFormat bean for it."
                                .formatted(stored, payload.contentType())));
    }

    /** The JSON text {@code null} is bound to null, whatever the class. */
    private static Object requirePresent(@Nullable Object event, EventType stored, DomainEventType type) {
        if (event == null) {
            throw new UnreadablePayloadException("The payload of %s is null instead of %s".formatted(stored, type));
        }
        return event;
    }
}

package dev.outbox.consumer.foreign;

import dev.outbox.event.EventPayload;
import java.util.List;
import java.util.Map;

/**
 * An event that a {@link ForeignEventMapping} has found, as a CloudEvent.
 *
 * @param attributes the attributes under their names in CloudEvents, such as {@code id}, {@code source}, {@code type},
 *     {@code subject}, {@code time} and extensions; id and source together identify the event, and the subject is the key within
 *     which events are handled in order
 * @param data the payload, which is read as the class that the handler takes
 * @since 0.1.0
 */
public record ForeignEvent(Map<String, String> attributes, EventPayload data) {

    private static final List<String> REQUIRED = List.of("id", "source", "type");

    /**
     * @throws IllegalArgumentException if there is no id, source or type
     */
    public ForeignEvent {
        attributes = Map.copyOf(attributes);
        for (String name : REQUIRED) {
            if (attributes.getOrDefault(name, "").isBlank()) {
                throw new IllegalArgumentException("The event has no %s".formatted(name));
            }
        }
    }
}

package dev.outbox.contract.internal.catalog;

import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The events that a service publishes and handles, as they were released: the file {@code outbox-catalog.json}, which
 * is kept under version control and delivered with the service. Immutable.
 *
 * @param service name of the service
 * @param events by type
 */
public record EventCatalog(String service, List<CatalogEvent> events) {

    /** Folder of the catalog on the class path. */
    public static final String FOLDER = "META-INF/outbox/";

    /** Name of the file in that folder. */
    public static final String FILE = "outbox-catalog.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Keeps an unmodifiable copy; a missing list is empty. */
    public EventCatalog {
        events = CatalogEvent.copy(events);
    }

    /** {@return a catalog without events} */
    public static EventCatalog empty(String service) {
        return new EventCatalog(service, List.of());
    }

    /**
     * {@return the catalog that the text contains}
     *
     * @throws IllegalArgumentException if the text is not a catalog
     */
    public static EventCatalog parse(String text) {
        try {
            return JSON.readValue(text, EventCatalog.class);
        } catch (JacksonException unreadable) {
            throw new IllegalArgumentException(
                    "%s cannot be read: %s Restore it from version control."
                            .formatted(FILE, unreadable.getOriginalMessage()),
                    unreadable);
        }
    }

    /** {@return the event of this type} */
    public Optional<CatalogEvent> event(String type) {
        return events.stream().filter(event -> event.type().equals(type)).findFirst();
    }

    /** {@return the text of the file} */
    public String toJson() {
        return JSON.writeValueAsString(this).replace("\r\n", "\n") + "\n";
    }
}

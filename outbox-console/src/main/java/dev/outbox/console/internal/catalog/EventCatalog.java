package dev.outbox.console.internal.catalog;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code outbox-catalog.json} of a service. What a later version of the file says in addition is ignored.
 *
 * @param service name of the service
 * @param events its events, by type
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventCatalog(String service, List<CatalogEvent> events) {

    /** Keeps an unmodifiable copy; a missing list is empty. */
    public EventCatalog {
        events = copy(events);
    }

    /**
     * An event with its versions.
     *
     * @param type what happened, the name on the wire
     * @param aggregate kind of the aggregate
     * @param topic Kafka topic
     * @param description the event in one sentence, or null
     * @param owner who is responsible for it, or null
     * @param producer the service that publishes it, or null if this is not known
     * @param consumers services that are known to handle it
     * @param compatibility which changes to a version are allowed, or null
     * @param retired when and why it was retired; null while it is published
     * @param versions the newest first
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CatalogEvent(
            String type,
            @Nullable String aggregate,
            @Nullable String topic,
            @Nullable String description,
            @Nullable String owner,
            @Nullable String producer,
            List<String> consumers,
            @Nullable String compatibility,
            @Nullable String retired,
            List<CatalogVersion> versions) {

        /** Keeps unmodifiable copies; a missing list is empty. */
        public CatalogEvent {
            consumers = copy(consumers);
            versions = copy(versions).stream()
                    .sorted(Comparator.comparingInt(CatalogVersion::version).reversed())
                    .toList();
        }

        CatalogEvent with(List<CatalogVersion> shown) {
            return new CatalogEvent(
                    type, aggregate, topic, description, owner, producer, consumers, compatibility, retired, shown);
        }
    }

    /**
     * A released version.
     *
     * @param version counted from 1
     * @param since when it entered the catalog, or null
     * @param deprecated why it should no longer be used; null while it may be used
     * @param schema shape of the payload, as JSON Schema
     * @param sample a payload, as the file next to the catalog has it, or null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CatalogVersion(
            int version,
            @Nullable String since,
            @Nullable String deprecated,
            Map<String, Object> schema,
            @Nullable String sample) {

        /** A missing schema is empty. */
        public CatalogVersion {
            schema = schema == null ? Map.of() : schema;
        }

        CatalogVersion with(@Nullable String shown) {
            return new CatalogVersion(version, since, deprecated, schema, shown);
        }
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}

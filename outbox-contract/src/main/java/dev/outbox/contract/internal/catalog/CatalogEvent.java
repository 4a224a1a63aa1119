package dev.outbox.contract.internal.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.outbox.contract.Compatibility;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event with all of its released versions. Immutable.
 *
 * @param type what happened, the name on the wire
 * @param aggregate kind of the aggregate
 * @param topic Kafka topic
 * @param description the event in one sentence, or null
 * @param owner who is responsible for it
 * @param producer the service that publishes it, or null if this is not known here
 * @param consumers services that are known to handle it
 * @param compatibility which changes to a version are allowed
 * @param retired when and why it was retired; null while it is published
 * @param versions lowest first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CatalogEvent(
        String type,
        String aggregate,
        String topic,
        @Nullable String description,
        String owner,
        @Nullable String producer,
        List<String> consumers,
        Compatibility compatibility,
        @Nullable String retired,
        List<CatalogVersion> versions) {

    /**
     * Keeps unmodifiable copies; a missing list is empty.
     *
     * @throws IllegalArgumentException if the compatibility is {@link Compatibility#DEFAULT}
     */
    public CatalogEvent {
        if (compatibility == Compatibility.DEFAULT) {
            throw new IllegalArgumentException(
                    "The compatibility of %s must be one of backward, forward, full or none".formatted(type));
        }
        consumers = copy(consumers);
        versions = copy(versions);
    }

    /** {@return the version with this number} */
    public Optional<CatalogVersion> version(int number) {
        return versions.stream().filter(version -> version.version() == number).findFirst();
    }

    /** {@return the highest version, 0 if there is none} */
    public int latest() {
        return versions.stream().mapToInt(CatalogVersion::version).max().orElse(0);
    }

    static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}

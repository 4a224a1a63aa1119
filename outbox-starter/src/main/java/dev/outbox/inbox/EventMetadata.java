package dev.outbox.inbox;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record says about its event beside the payload. Immutable.
 *
 * @param id identity of the event within its source, CloudEvents {@code id}
 * @param source who raised it, CloudEvents {@code source}; empty if the producer leaves it out
 * @param type what happened, CloudEvents {@code type}
 * @param version version of the payload as it was stored, before any upcasting; 1 if the producer does not say
 * @param aggregateId identity of its aggregate, CloudEvents {@code subject}; null if the producer leaves it out
 * @param sequence dense number within the aggregate, counted from 1; null if the producer does not count
 * @param time when it was raised, by the producer's clock; null if the producer does not say
 * @param headers all headers of the record as text; of several with one name, the last
 */
public record EventMetadata(
        String id,
        String source,
        String type,
        int version,
        @Nullable String aggregateId,
        @Nullable Long sequence,
        @Nullable Instant time,
        Map<String, String> headers) {

    /** Keeps an unmodifiable copy of the headers. */
    public EventMetadata {
        headers = Map.copyOf(headers);
    }

    /** {@return type, version and id, to name the event in messages} */
    @Override
    public String toString() {
        return "%s v%d (%s)".formatted(type, version, id);
    }
}

package dev.outbox.consumer;

import dev.outbox.event.EventHeaders;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a record says about its event, in addition to the payload. Immutable.
 *
 * @param id identity of the event within its source, CloudEvents {@code id}; for a part that an upcaster split off, a UUIDv5 of
 *     that id and the index of the part
 * @param source who raised it, CloudEvents {@code source}; empty if the producer leaves it out
 * @param type what happened, CloudEvents {@code type}, before any upcasting
 * @param version version of the payload as it was stored, before any upcasting; 1 if the producer does not say
 * @param aggregateId identity of its aggregate, CloudEvents {@code subject}; null if the producer leaves it out
 * @param sequence its place within the aggregate, counted from 1; null if the producer does not count
 * @param time when it was raised, according to the producer's clock; null if the producer does not say
 * @param headers all headers of the record as text; if several have the same name, the last one
 * @param part its index, counted from 0, if an upcaster made several events out of one; they share the sequence
 * @since 0.1.0
 */
public record EventMetadata(
        String id,
        String source,
        String type,
        int version,
        @Nullable String aggregateId,
        @Nullable Long sequence,
        @Nullable Instant time,
        Map<String, String> headers,
        int part) {

    /** Keeps an unmodifiable copy of the headers. */
    public EventMetadata {
        headers = Map.copyOf(headers);
    }

    /** {@return the W3C trace context of the transaction that raised it, header {@code traceparent}, or null} */
    public @Nullable String traceParent() {
        return headers.get(EventHeaders.TRACE_PARENT);
    }

    /** {@return whether the record is part of a replay: published again on request, under the same id} */
    public boolean isReplay() {
        return headers.containsKey(EventHeaders.REPLAY);
    }

    /** Metadata of an event that was not split. */
    public EventMetadata(
            String id,
            String source,
            String type,
            int version,
            @Nullable String aggregateId,
            @Nullable Long sequence,
            @Nullable Instant time,
            Map<String, String> headers) {
        this(id, source, type, version, aggregateId, sequence, time, headers, 0);
    }

    /** {@return type, version and id, to name the event in messages} */
    @Override
    public String toString() {
        return type + " v" + version + " (" + id + ")";
    }
}

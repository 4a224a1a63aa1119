package dev.outbox.eventstore.internal.stream;

import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A row of a stream.
 *
 * @param version its number in the stream
 */
public record StreamRow(
        UUID id,
        AggregateRef stream,
        long version,
        EventType type,
        Instant time,
        Map<String, String> headers,
        EventPayload payload) {}

package dev.outbox.console.internal.api.inbox;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A parked event of the inbox without its payload and its headers.
 *
 * @param id its number in the inbox
 * @param consumer which consumer has parked it
 * @param key what keeps its order
 * @param eventId the id that its producer gave it, or null
 * @param type what happened, or null
 * @param version version of the payload, or null
 * @param source who has raised it, or null
 * @param sequence its number within the aggregate, or null
 * @param topic where it came from
 * @param partition the partition of its record
 * @param offset the offset of its record
 * @param contentType of the payload
 * @param bytes size of the payload
 * @param trace the trace in which it was raised, or null
 * @param cause why it is parked
 * @param reason the cause in words; null if it only waits
 * @param attempts how often it was tried
 * @param parkedAt since when it is parked
 * @param editedAt when its payload was last changed, or null
 * @param discarded whether it was discarded, and is passed over when its turn comes
 */
public record InboxEventView(
        long id,
        String consumer,
        String key,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String version,
        @Nullable String source,
        @Nullable String sequence,
        String topic,
        int partition,
        long offset,
        String contentType,
        int bytes,
        @Nullable String trace,
        ParkingCause cause,
        @Nullable String reason,
        int attempts,
        Instant parkedAt,
        @Nullable Instant editedAt,
        boolean discarded) {

    private static final byte[] NO_BYTES = {};

    /** {@return what the console shows of a parked event} */
    public static InboxEventView of(ParkedInboxEvent event) {
        ConsumerRecord<byte[], byte[]> received = event.received();
        EventPayload payload = payload(event);
        return new InboxEventView(
                event.id(),
                event.key().consumer(),
                event.key().key(),
                header(received, EventHeaders.ID),
                header(received, EventHeaders.TYPE),
                header(received, EventHeaders.DATA_VERSION),
                header(received, EventHeaders.SOURCE),
                header(received, EventHeaders.SEQUENCE),
                received.topic(),
                received.partition(),
                received.offset(),
                payload.contentType(),
                payload.size(),
                trace(header(received, EventHeaders.TRACE_PARENT)),
                event.cause(),
                event.reason(),
                event.attempts(),
                event.parkedAt(),
                event.editedAt(),
                event.discarded());
    }

    /** {@return its payload, as the handlers would get it} */
    public static EventPayload payload(ParkedInboxEvent event) {
        ConsumerRecord<byte[], byte[]> received = event.received();
        String contentType = header(received, EventHeaders.CONTENT_TYPE);
        byte[] bytes = received.value();
        return EventPayload.of(
                contentType == null || contentType.isBlank() ? EventPayload.JSON : contentType,
                bytes == null ? NO_BYTES : bytes);
    }

    /** {@return those of its headers that say what of the payload is encrypted} */
    public static Map<String, String> encryption(ParkedInboxEvent event) {
        Map<String, String> headers = new HashMap<>();
        for (String name : List.of(EventHeaders.PERSONAL, EventHeaders.ENCRYPTED)) {
            String value = header(event.received(), name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** {@return the key that it holds up} */
    public InboxKey inboxKey() {
        return new InboxKey(consumer, topic, key);
    }

    private static @Nullable String header(ConsumerRecord<?, ?> received, String name) {
        Header header = received.headers().lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @Nullable String trace(@Nullable String traceParent) {
        String[] parts = traceParent == null ? new String[0] : traceParent.split("-", -1);
        return parts.length < 3 ? null : parts[1];
    }
}

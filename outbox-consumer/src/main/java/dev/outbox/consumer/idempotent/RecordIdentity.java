package dev.outbox.consumer.idempotent;

import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.internal.record.StructuredEvent;
import dev.outbox.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells which event a record is.
 *
 * @param idHeader header that identifies records that are not CloudEvents; empty if there is none
 */
record RecordIdentity(String idHeader) {

    private static final int MAX_LENGTH = 255;

    /**
     * {@return the event as a guard sees it}
     *
     * @throws UnidentifiedRecordException if its id does not fit into the inbox
     */
    GuardedEvent of(ConsumerRecord<?, ?> received) {
        Map<String, String> said = structured(received);
        String id = attribute(received, said, EventHeaders.ID);
        if (id != null) {
            String source = attribute(received, said, EventHeaders.SOURCE);
            return event(received, source == null ? "" : source, id, attribute(received, said, EventHeaders.TYPE));
        }
        String own = idHeader.isEmpty() ? null : header(received, idHeader);
        return own == null ? byPlace(received) : event(received, "kafka:" + received.topic(), own, typeOf(received));
    }

    /** A topic that was deleted and created again has the same places again, but with other timestamps. */
    private static GuardedEvent byPlace(ConsumerRecord<?, ?> received) {
        String place = "%s-%d@%d".formatted(received.topic(), received.partition(), received.offset());
        return event(received, "kafka", place + "/" + received.timestamp(), typeOf(received))
                .formerly(place, Instant.ofEpochMilli(received.timestamp()));
    }

    private static @Nullable String typeOf(ConsumerRecord<?, ?> received) {
        return header(received, EventHeaders.TYPE);
    }

    /** What a CloudEvent in structured mode says in its value, if the listener gets the value unconverted. */
    private static Map<String, String> structured(ConsumerRecord<?, ?> received) {
        if (!StructuredEvent.isSaidBy(header(received, EventHeaders.CONTENT_TYPE))) {
            return Map.of();
        }
        byte[] document = received.value() instanceof byte[] bytes
                ? bytes
                : received.value() instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : new byte[0];
        return StructuredEvent.read(document).orElse(StructuredEvent.NONE).headers();
    }

    private static @Nullable String attribute(ConsumerRecord<?, ?> received, Map<String, String> said, String name) {
        String value = said.isEmpty() ? header(received, name) : said.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static GuardedEvent event(ConsumerRecord<?, ?> received, String source, String id, @Nullable String type) {
        String known = type == null ? received.topic() : type;
        if (!isStorable(id) || !isStorable(source) || !isStorable(known)) {
            throw new UnidentifiedRecordException(received, MAX_LENGTH);
        }
        return new GuardedEvent(received.topic(), source, id, known);
    }

    private static boolean isStorable(String text) {
        return text.length() <= MAX_LENGTH && text.indexOf('\0') < 0;
    }

    private static @Nullable String header(ConsumerRecord<?, ?> received, String name) {
        Header header = received.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}

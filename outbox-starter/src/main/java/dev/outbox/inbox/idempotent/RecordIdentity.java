package dev.outbox.inbox.idempotent;

import dev.outbox.event.EventHeaders;
import dev.outbox.inbox.guard.GuardedEvent;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Tells which event a record is.
 *
 * @param idHeader header that says so on records that are no CloudEvents; empty if there is none
 */
record RecordIdentity(String idHeader) {

    private static final int MAX_LENGTH = 255;

    /**
     * {@return the event before a guard}
     *
     * @throws UnidentifiedRecordException if its id does not fit into the inbox
     */
    GuardedEvent of(ConsumerRecord<?, ?> received) {
        String id = header(received, EventHeaders.ID);
        if (id != null) {
            String source = header(received, EventHeaders.SOURCE);
            return event(received, source == null ? "" : source, id);
        }
        String own = idHeader.isEmpty() ? null : header(received, idHeader);
        String place = "%s-%d@%d".formatted(received.topic(), received.partition(), received.offset());
        return own == null ? event(received, "kafka", place) : event(received, "kafka:" + received.topic(), own);
    }

    private static GuardedEvent event(ConsumerRecord<?, ?> received, String source, String id) {
        String type = header(received, EventHeaders.TYPE);
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

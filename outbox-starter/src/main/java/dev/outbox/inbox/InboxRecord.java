package dev.outbox.inbox;

import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** A Kafka record read as a CloudEvent in binary content mode, by whomever it was produced. */
final class InboxRecord {

    private static final byte[] NO_BYTES = {};

    private final ConsumerRecord<?, byte[]> kafkaRecord;

    InboxRecord(ConsumerRecord<?, byte[]> kafkaRecord) {
        this.kafkaRecord = kafkaRecord;
    }

    /** {@return whether it says which event it is and of what type} */
    boolean isEvent() {
        return header(EventHeaders.ID) != null && header(EventHeaders.TYPE) != null;
    }

    /** {@return the type of an event} */
    String type() {
        return required(EventHeaders.TYPE);
    }

    /**
     * {@return the event}
     *
     * @throws EventHandlingException if it does not say in a number which version its payload has
     */
    ReceivedEvent toEvent() {
        EventMetadata metadata = new EventMetadata(
                required(EventHeaders.ID),
                orElse(header(EventHeaders.SOURCE), ""),
                type(),
                version(),
                header(EventHeaders.SUBJECT),
                sequence(),
                time(),
                headers());
        String contentType = orElse(header(EventHeaders.CONTENT_TYPE), EventPayload.JSON);
        byte[] value = kafkaRecord.value();
        return new ReceivedEvent(metadata, EventPayload.of(contentType, value == null ? NO_BYTES : value));
    }

    /** {@return type, id and place of the record, to name it in messages} */
    @Override
    public String toString() {
        return "%s v%s (%s) at %s-%d@%d"
                .formatted(
                        header(EventHeaders.TYPE),
                        orElse(header(EventHeaders.DATA_VERSION), "1"),
                        header(EventHeaders.ID),
                        kafkaRecord.topic(),
                        kafkaRecord.partition(),
                        kafkaRecord.offset());
    }

    /** A wrong guess here would read the payload as something that it is not, so there is none. */
    private int version() {
        String version = orElse(header(EventHeaders.DATA_VERSION), "1");
        Long number = number(version);
        if (number == null || number < 1 || number > Integer.MAX_VALUE) {
            throw new EventHandlingException(
                    "%s says '%s' in header %s; a version is a whole number from 1. Let its producer correct that."
                            .formatted(this, version, EventHeaders.DATA_VERSION),
                    null);
        }
        return number.intValue();
    }

    /** CloudEvents knows other kinds of sequences too; those can be read in the headers. */
    private @Nullable Long sequence() {
        String sequence = header(EventHeaders.SEQUENCE);
        return sequence == null ? null : number(sequence);
    }

    private @Nullable Instant time() {
        String time = header(EventHeaders.TIME);
        try {
            return time == null ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException notRfc3339) {
            return null;
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        for (Header header : kafkaRecord.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), text(header));
            }
        }
        return headers;
    }

    private String required(String name) {
        String value = header(name);
        if (value == null) {
            throw new IllegalStateException("Not an event: header %s is missing".formatted(name));
        }
        return value;
    }

    private @Nullable String header(String name) {
        Header header = kafkaRecord.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0 ? null : text(header);
    }

    private static String text(Header header) {
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return StringUtils.hasLength(value) ? value : otherwise;
    }

    private static @Nullable Long number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}

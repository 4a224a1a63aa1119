package dev.outbox.consumer.internal.record;

import dev.outbox.consumer.EventMetadata;
import dev.outbox.consumer.foreign.ForeignEvent;
import dev.outbox.consumer.guard.GuardedEvent;
import dev.outbox.consumer.internal.parking.InboxParking;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.internal.logging.EventLogFields;
import dev.outbox.internal.upcast.EncodedEvent;
import dev.outbox.schema.HeadersJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.StringUtils;
import tools.jackson.core.JacksonException;

/**
 * A Kafka record read as a CloudEvent, whoever produced it, or one of the events in a record. A record in structured content
 * mode looks here as it would in binary mode, and so does an event that a mapping has found. Its headers are read once. For use
 * by one thread.
 */
public final class InboxRecord {

    private static final Logger log = LoggerFactory.getLogger(InboxRecord.class);

    private static final HeadersJson HEADERS_JSON = new HeadersJson();

    private static final byte[] NO_BYTES = {};

    /** Maximum length of the inbox columns that identify an event. */
    private static final int MAX_LENGTH = 255;

    private static final List<String> IDENTITY =
            List.of(EventHeaders.ID, EventHeaders.SOURCE, EventHeaders.TYPE, EventHeaders.SUBJECT);

    private final ConsumerRecord<?, byte[]> kafkaRecord;
    private final Map<String, String> headers;
    private final byte @Nullable [] payload;
    private final @Nullable String malformation;
    private final int part;
    private final boolean last;
    private @Nullable EventMetadata metadata;

    public InboxRecord(ConsumerRecord<?, byte[]> kafkaRecord) {
        Map<String, String> said = textOf(kafkaRecord);
        byte[] value = kafkaRecord.value();
        StructuredEvent structured = value == null || !StructuredEvent.isSaidBy(said.get(EventHeaders.CONTENT_TYPE))
                ? null
                : StructuredEvent.read(value).orElse(StructuredEvent.NONE);
        this.kafkaRecord = kafkaRecord;
        this.payload = structured == null ? value : structured.data();
        if (structured != null) {
            said.remove(EventHeaders.CONTENT_TYPE);
            said.putAll(structured.headers());
        }
        this.headers = said;
        this.malformation = structured != null && structured.isNone()
                ? "it has the content type of a CloudEvent in structured mode, but its value is not one"
                : null;
        this.part = 0;
        this.last = true;
    }

    /** One of the events that a mapping has found in a record. */
    InboxRecord(ConsumerRecord<?, byte[]> kafkaRecord, ForeignEvent event, int part, boolean last) {
        Map<String, String> said = textOf(kafkaRecord);
        event.attributes().forEach((name, value) -> said.put(EventHeaders.attribute(name), value));
        said.put(EventHeaders.CONTENT_TYPE, event.data().contentType());
        this.kafkaRecord = kafkaRecord;
        this.headers = said;
        this.payload = event.data().bytes();
        this.malformation = null;
        this.part = part;
        this.last = last;
    }

    private InboxRecord(ConsumerRecord<?, byte[]> kafkaRecord, String malformation) {
        this.kafkaRecord = kafkaRecord;
        this.headers = textOf(kafkaRecord);
        this.payload = kafkaRecord.value();
        this.malformation = malformation;
        this.part = 0;
        this.last = true;
    }

    static InboxRecord malformed(ConsumerRecord<?, byte[]> kafkaRecord, String why) {
        return new InboxRecord(kafkaRecord, why);
    }

    /**
     * {@return the headers of a record as text; if several have the same name, the last one. Those that Debezium has left in
     * one header are among them as if they had come by themselves}
     */
    public static Map<String, String> textOf(ConsumerRecord<?, ?> kafkaRecord) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : kafkaRecord.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        String all = headers.get(EventHeaders.ALL);
        if (all != null) {
            spread(all, headers);
        }
        return headers;
    }

    /** What is not an object of texts was not written by us, and stays what it is. */
    private static void spread(String all, Map<String, String> headers) {
        if (!all.startsWith("{")) {
            return;
        }
        try {
            Map<String, String> more = HEADERS_JSON.read(all);
            headers.remove(EventHeaders.ALL);
            more.forEach(headers::putIfAbsent);
        } catch (JacksonException notOurs) {
            log.debug("Header {} is not a JSON object of texts", EventHeaders.ALL, notOurs);
        }
    }

    public ConsumerRecord<?, byte[]> kafkaRecord() {
        return kafkaRecord;
    }

    public TopicPartition partition() {
        return new TopicPartition(kafkaRecord.topic(), kafkaRecord.partition());
    }

    public long offset() {
        return kafkaRecord.offset();
    }

    /** {@return whether the record says which event it is and of what type} */
    public boolean isEvent() {
        return header(EventHeaders.ID) != null && header(EventHeaders.TYPE) != null;
    }

    /** {@return the number of the event within its record, from 0} */
    public int part() {
        return part;
    }

    /** {@return whether it is the last event in its record, so the record is done with it} */
    public boolean isLast() {
        return last;
    }

    /** {@return whether the record claims to be an event, but cannot be read as one} */
    public boolean isMalformed() {
        return malformation != null;
    }

    /** {@return why the record cannot be read; null if it can} */
    public @Nullable String malformation() {
        return malformation;
    }

    /** {@return whether it is an event without a payload, as in a compacted topic for what was deleted} */
    public boolean isTombstone() {
        return payload == null;
    }

    /** {@return the id of an event} */
    public String id() {
        return required(EventHeaders.ID);
    }

    /** {@return the type of an event} */
    public String type() {
        return required(EventHeaders.TYPE);
    }

    /** {@return whether {@link #metadata} succeeds} */
    public boolean isReadable() {
        try {
            return metadata() != null;
        } catch (UnreadableRecordException said) {
            return false;
        }
    }

    /** {@return the key within which the consumer keeps the order} */
    public InboxKey key(String consumer) {
        return new InboxKey(consumer, kafkaRecord.topic(), orderingKey());
    }

    private String orderingKey() {
        String subject = header(EventHeaders.SUBJECT);
        if (subject != null) {
            return subject;
        }
        return kafkaRecord.key() instanceof byte[] bytes
                ? new String(bytes, StandardCharsets.UTF_8)
                : required(EventHeaders.ID);
    }

    /** {@return the record, ready to be parked} */
    public InboxParking parking(String consumer, ParkingCause cause, @Nullable String reason, int attempts) {
        return new InboxParking(
                key(consumer),
                new ConsumerRecord<>(
                        kafkaRecord.topic(), kafkaRecord.partition(), kafkaRecord.offset(), kafkaRecord.key(), payload),
                headers,
                new InboxParking.Identity(
                        orElse(header(EventHeaders.SOURCE), ""),
                        required(EventHeaders.ID),
                        type(),
                        header(EventHeaders.SUBJECT) == null ? null : sequence()),
                cause,
                reason,
                attempts);
    }

    /**
     * {@return what the record says about its event}
     *
     * @throws UnreadableRecordException if the version of its payload is not a number, or if its identity does not fit into the
     *     inbox
     */
    public EventMetadata metadata() {
        EventMetadata known = metadata;
        if (known == null) {
            known = read();
            metadata = known;
        }
        return known;
    }

    /** {@return the event with its payload, in the stored version; throws the same as {@link #metadata}} */
    public EncodedEvent stored() {
        EventMetadata said = metadata();
        String contentType = orElse(header(EventHeaders.CONTENT_TYPE), EventPayload.JSON);
        return new EncodedEvent(
                said.id(),
                new EventType(said.type(), said.version()),
                EventPayload.of(contentType, payload == null ? NO_BYTES : payload),
                said.headers());
    }

    /** {@return the event as the guard sees it; throws the same as {@link #metadata}} */
    public GuardedEvent guarded() {
        EventMetadata said = metadata();
        return new GuardedEvent(
                kafkaRecord.topic(), said.source(), said.id(), said.type(), said.aggregateId(), said.sequence());
    }

    /** {@return whether the record says which event of which aggregate it is} */
    public boolean isCounted() {
        return header(EventHeaders.SUBJECT) != null && sequence() != null;
    }

    private EventMetadata read() {
        for (String name : IDENTITY) {
            requireStorable(name);
        }
        return new EventMetadata(
                required(EventHeaders.ID),
                orElse(header(EventHeaders.SOURCE), ""),
                type(),
                version(),
                header(EventHeaders.SUBJECT),
                sequence(),
                time(),
                headers);
    }

    /**
     * {@return what logs say about its event}
     *
     * @param aggregateType the kind of its aggregate, if it is known
     */
    public EventLogFields logFields(@Nullable String aggregateType) {
        return EventLogFields.of(
                header(EventHeaders.ID), header(EventHeaders.TYPE), aggregateType, header(EventHeaders.TRACE_PARENT));
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

    /** A subject may be longer: only the guard by sequence stores it in a column, and that guard reports it. */
    private void requireStorable(String name) {
        String value = header(name);
        boolean tooLong = value != null && value.length() > MAX_LENGTH && !name.equals(EventHeaders.SUBJECT);
        if (tooLong || (value != null && value.indexOf('\0') >= 0)) {
            throw new UnreadableRecordException(
                    "The record at %s-%d@%d has a header %s with %s, which no inbox can hold. Correct this in its producer."
                            .formatted(
                                    kafkaRecord.topic(),
                                    kafkaRecord.partition(),
                                    kafkaRecord.offset(),
                                    name,
                                    tooLong ? "more than %d characters".formatted(MAX_LENGTH) : "a NUL"));
        }
    }

    /** There is no guess here: a wrong one would read the payload as something that it is not. */
    private int version() {
        String version = orElse(header(EventHeaders.DATA_VERSION), "1");
        Long number = number(version);
        if (number == null || number < 1 || number > Integer.MAX_VALUE) {
            throw new UnreadableRecordException(
                    "%s says '%s' in header %s; a version is a whole number from 1. Correct this in its producer."
                            .formatted(this, version, EventHeaders.DATA_VERSION));
        }
        return number.intValue();
    }

    /** CloudEvents has other kinds of sequences, too; those can be read from the headers. */
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

    private String required(String name) {
        String value = header(name);
        if (value == null) {
            throw new IllegalStateException("Not an event: header %s is missing".formatted(name));
        }
        return value;
    }

    private @Nullable String header(String name) {
        String value = headers.get(name);
        return value == null || value.isEmpty() ? null : value;
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

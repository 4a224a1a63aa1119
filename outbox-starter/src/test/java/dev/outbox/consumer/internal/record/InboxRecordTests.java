package dev.outbox.consumer.internal.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.consumer.EventMetadata;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.event.EventHeaders;
import dev.outbox.event.EventPayload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxRecordTests {

    private static final Map<String, String> MINIMUM = Map.of(EventHeaders.ID, "e-1", EventHeaders.TYPE, "OrderPlaced");

    @Test
    void idAndTypeMakeAnEvent() {
        assertThat(received(MINIMUM).isEvent()).isTrue();
        assertThat(received(Map.of(EventHeaders.ID, "e-1")).isEvent()).isFalse();
        assertThat(received(Map.of(EventHeaders.TYPE, "OrderPlaced")).isEvent()).isFalse();
        assertThat(received(Map.of(EventHeaders.ID, "", EventHeaders.TYPE, "OrderPlaced"))
                        .isEvent())
                .isFalse();
    }

    @Test
    void whatAProducerMayOmitIsAbsent() {
        InboxRecord event = received(MINIMUM);
        assertThat(event.metadata())
                .isEqualTo(new EventMetadata("e-1", "", "OrderPlaced", 1, null, null, null, MINIMUM));
        assertThat(event.stored().payload()).isEqualTo(EventPayload.json("payload".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void headersThatComeInOneAreAsIfTheyCameByThemselves() {
        InboxRecord event = received(
                EventHeaders.ALL,
                "{\"tenant\": \"d\u00e4nisch\", \"traceparent\": \"00-1-2-01\", \"ce_id\": \"another\"}");
        assertThat(event.metadata().headers())
                .containsEntry("tenant", "d\u00e4nisch")
                .containsEntry(EventHeaders.ID, "e-1")
                .doesNotContainKey(EventHeaders.ALL);
        assertThat(event.metadata().traceParent()).isEqualTo("00-1-2-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "text", "[]", "{\"a\": {}}", "{"})
    void aHeaderOfThatNameThatIsSomethingElseStays(String value) {
        assertThat(received(EventHeaders.ALL, value).metadata().headers()).containsEntry(EventHeaders.ALL, value);
    }

    @Test
    void theTimeMayHaveAnyOffset() {
        assertThat(received(EventHeaders.TIME, "2026-02-03T05:05:06.5+01:00")
                        .metadata()
                        .time())
                .isEqualTo(Instant.parse("2026-02-03T04:05:06.5Z"));
    }

    @Test
    void aSequenceOrTimeOfAnotherKindStaysInTheHeaders() {
        EventMetadata metadata = received(Map.of(
                        EventHeaders.ID, "e-1",
                        EventHeaders.TYPE, "OrderPlaced",
                        EventHeaders.SEQUENCE, "A-17",
                        EventHeaders.TIME, "yesterday"))
                .metadata();
        assertThat(metadata.sequence()).isNull();
        assertThat(metadata.time()).isNull();
        assertThat(metadata.headers())
                .containsEntry(EventHeaders.SEQUENCE, "A-17")
                .containsEntry(EventHeaders.TIME, "yesterday");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two", "1.0", "0", "-1", "4294967297"})
    void aVersionIsNeverGuessed(String version) {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> received(EventHeaders.DATA_VERSION, version).metadata())
                .withMessageContaining("at orders-3@42")
                .withMessageContaining("'%s' in header ce_dataversion".formatted(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {EventHeaders.ID, EventHeaders.SOURCE, EventHeaders.TYPE})
    void whatIdentifiesAnEventFitsIntoTheInbox(String header) {
        Map<String, String> headers = new HashMap<>(MINIMUM);
        headers.put(header, "x".repeat(255));
        assertThat(received(headers).isReadable()).isTrue();
        headers.put(header, "x".repeat(256));
        assertThat(received(headers).isReadable()).isFalse();
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> received(headers).metadata())
                .withMessage(
                        "The record at orders-3@42 has a header %s with more than 255 characters, which no inbox can hold. Correct this in its"
                                        .formatted(header)
                                + " producer.");
        headers.put(header, "x\0");
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> received(headers).metadata())
                .withMessageContaining("a header %s with a NUL", header);
    }

    @Test
    void aSubjectMayBeOfAnyLength() {
        assertThat(received(EventHeaders.SUBJECT, "x".repeat(300)).isReadable()).isTrue();
    }

    @Test
    void aRecordWithoutValueHasAnEmptyPayload() {
        ConsumerRecord<byte[], byte[]> tombstone = kafkaRecord(MINIMUM, null);
        assertThat(new InboxRecord(tombstone).stored().payload().size()).isZero();
        assertThat(new InboxRecord(tombstone).isTombstone()).isTrue();
        assertThat(received(MINIMUM).isTombstone()).isFalse();
    }

    @Test
    void anEventInStructuredModeIsWhatItWouldBeInBinaryMode() {
        InboxRecord received = structured("""
                {"specversion": "1.0", "id": "e-1", "type": "OrderPlaced", "source": "/orders", "subject": "o-1",
                 "time": "2026-02-03T04:05:06Z", "dataversion": 2, "sequence": "7",
                 "data": {"amount": 0.10, "sum": 12345678901234567.89}}""");
        assertThat(received.isEvent()).isTrue();
        assertThat(received.metadata())
                .isEqualTo(new EventMetadata(
                        "e-1",
                        "/orders",
                        "OrderPlaced",
                        2,
                        "o-1",
                        7L,
                        Instant.parse("2026-02-03T04:05:06Z"),
                        received.metadata().headers()));
        assertThat(received.metadata().headers())
                .containsEntry(EventHeaders.TRACE_PARENT, "00-trace")
                .containsEntry(EventHeaders.CONTENT_TYPE, "application/json");
        assertThat(received.stored().payload())
                .isEqualTo(EventPayload.json(
                        "{\"amount\":0.10,\"sum\":12345678901234567.89}".getBytes(StandardCharsets.UTF_8)));
        assertThat(received.parking("stock", ParkingCause.FAILED, null, 1)
                        .received()
                        .value())
                .isEqualTo(received.stored().payload().bytes());
    }

    @Test
    void theDataOfAnEventInStructuredModeMayBeOfAnotherKind() {
        assertThat(payloadOf("\"datacontenttype\": \"application/avro\", \"data_base64\": \"AQI=\""))
                .isEqualTo(EventPayload.of("application/avro", new byte[] {1, 2}));
        assertThat(payloadOf("\"datacontenttype\": \"text/plain\", \"data\": \"tea\""))
                .isEqualTo(EventPayload.of("text/plain", "tea".getBytes(StandardCharsets.UTF_8)));
        assertThat(payloadOf("\"data\": \"tea\""))
                .isEqualTo(EventPayload.json("\"tea\"".getBytes(StandardCharsets.UTF_8)));
        assertThat(structured("{\"id\": \"e-1\", \"type\": \"OrderPlaced\"}").isTombstone())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no JSON", "[]", "{\"id\": \"e-1\", \"type\": \"T\", \"data_base64\": 1}"})
    void whatOnlySaysThatItIsInStructuredModeIsNoEvent(String document) {
        assertThat(structured(document).isEvent()).isFalse();
        assertThat(structured(document).isMalformed()).isTrue();
    }

    private static EventPayload payloadOf(String data) {
        return structured("{\"id\": \"e-1\", \"type\": \"OrderPlaced\", %s}".formatted(data))
                .stored()
                .payload();
    }

    private static InboxRecord structured(String document) {
        return new InboxRecord(kafkaRecord(
                Map.of(
                        EventHeaders.CONTENT_TYPE,
                        "application/cloudevents+json; charset=UTF-8",
                        EventHeaders.TRACE_PARENT,
                        "00-trace"),
                document.getBytes(StandardCharsets.UTF_8)));
    }

    private static InboxRecord received(String header, String value) {
        return received(Map.of(EventHeaders.ID, "e-1", EventHeaders.TYPE, "OrderPlaced", header, value));
    }

    private static InboxRecord received(Map<String, String> headers) {
        return new InboxRecord(kafkaRecord(headers, "payload".getBytes(StandardCharsets.UTF_8)));
    }

    private static ConsumerRecord<byte[], byte[]> kafkaRecord(Map<String, String> headers, byte @Nullable [] value) {
        ConsumerRecord<byte[], byte[]> kafkaRecord = new ConsumerRecord<>("orders", 3, 42, null, value);
        headers.forEach((name, text) -> kafkaRecord.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return kafkaRecord;
    }
}

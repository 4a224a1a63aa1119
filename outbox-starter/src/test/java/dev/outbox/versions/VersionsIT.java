package dev.outbox.versions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.producer.Outbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Versions and formats through the inbox, on a real database and a real broker; the test plays the relay. */
@SpringBootTest(
        classes = Parcels.class,
        properties = {
            "outbox.packages=dev.outbox.versions",
            "outbox.inbox.group=parcels",
            "outbox.inbox.failure.initial-interval=5ms",
            "outbox.inbox.failure.max-interval=20ms",
            "outbox.format.types.ParcelWeighed=application/avro",
            "spring.kafka.producer.value-serializer=org.apache.kafka.common.serialization.ByteArraySerializer"
        })
class VersionsIT {

    private static final Duration DEADLINE = Patience.LIMIT;

    private final String parcel = "parcel-" + UUID.randomUUID();
    private final String event = UUID.randomUUID().toString();

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private KafkaTemplate<String, byte[]> kafka;

    @Autowired
    private Parcels.Handlers handlers;

    @Autowired
    private Outbox outbox;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void anAvroEventIsStoredAsAvroAndAppliedOnce() {
        transaction.executeWithoutResult(status -> outbox.publish(new Parcels.ParcelWeighed(parcel, 250)));
        Map<String, @Nullable Object> row = jdbc.sql(
                        "select payload, contenttype, version from outbox_event where aggregateid = ?")
                .param(parcel)
                .query()
                .singleRow();
        assertThat(row.get("contenttype")).isEqualTo("application/avro");
        assertThat(row.get("version")).isEqualTo(2);
        byte[] payload = (byte[]) row.get("payload");
        assertThat(payload).isNotNull();
        send("ParcelWeighed", 2, "application/avro", payload);
        send("ParcelWeighed", 2, "application/avro", payload);
        awaitMarker();
        assertThat(effects()).containsExactly("250 g, part 0 of 7");
        assertThat(entries()).isOne();
    }

    @Test
    void anOlderAvroEventComesThroughItsStep() throws IOException {
        Schema schema = new SchemaParser()
                .parse(new ClassPathResource("avro/ParcelWeighed-v1.avsc").getInputStream())
                .mainSchema();
        GenericRecord old = new GenericRecordBuilder(schema)
                .set("parcel", parcel)
                .set("kilos", 3)
                .build();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(old, encoder);
        encoder.flush();
        send("ParcelWeighed", 1, "avro/binary", bytes.toByteArray());
        awaitMarker();
        assertThat(effects()).containsExactly("3000 g, part 0 of 7");
    }

    @Test
    void thePartsOfASplitTakeEffectTogetherAndOnce() {
        byte[] finished =
                "{\"parcel\":\"%s\",\"label\":\"fragile\"}".formatted(parcel).getBytes(UTF_8);
        handlers.failOnce();
        send("ParcelFinished", 1, "application/json", finished);
        send("ParcelFinished", 1, "application/json", finished);
        awaitMarker();
        assertThat(effects()).containsExactly("packed, part 0 of 7", "labelled fragile, part 1 of 7");
        assertThat(entries()).isOne();
    }

    private void send(String type, int version, String contentType, byte @Nullable [] payload) {
        send(type, version, contentType, payload, event);
    }

    private void send(String type, int version, String contentType, byte @Nullable [] payload, String id) {
        ProducerRecord<String, byte[]> kafkaRecord = new ProducerRecord<>(Parcels.TOPIC, 0, parcel, payload);
        Map.of(
                        EventHeaders.SPEC_VERSION,
                        EventHeaders.SPEC_VERSION_VALUE,
                        EventHeaders.ID,
                        id,
                        EventHeaders.SOURCE,
                        "/parcels",
                        EventHeaders.TYPE,
                        type,
                        EventHeaders.SUBJECT,
                        parcel,
                        EventHeaders.DATA_VERSION,
                        Integer.toString(version),
                        EventHeaders.SEQUENCE,
                        "7",
                        EventHeaders.CONTENT_TYPE,
                        contentType)
                .forEach((name, value) -> kafkaRecord.headers().add(name, value.getBytes(UTF_8)));
        try {
            kafka.send(kafkaRecord).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException("The broker did not take an event", failed);
        }
    }

    private List<@Nullable String> effects() {
        return effects(parcel);
    }

    private List<@Nullable String> effects(String of) {
        return jdbc.sql("select effect from effect where parcel = ? order by id")
                .param(of)
                .query(String.class)
                .list();
    }

    private long entries() {
        return jdbc.sql("select count(*) from inbox_event where event_id = ?")
                .param(event)
                .query(Long.class)
                .single();
    }

    /** Waits until an event sent now is handled, and so every one before it in the partition is done with. */
    private void awaitMarker() {
        String marker = "marker-" + UUID.randomUUID();
        byte[] packed = "{\"parcel\":\"%s\"}".formatted(marker).getBytes(UTF_8);
        send("ParcelPacked", 1, "application/json", packed, marker);
        await().atMost(DEADLINE).until(() -> !effects(marker).isEmpty());
    }
}

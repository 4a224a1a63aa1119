package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.retention.Retention;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A relay that knows nothing of an event store publishes what is stored, in both engines. */
class StoredEventsRelayIT {

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final String topic = "stored-" + UUID.randomUUID();
    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);

    @AfterEach
    void stop() {
        reader.close();
        database.close();
    }

    @Test
    void polling() {
        new StoredTables(database.dataSource()).afterPropertiesSet();
        try (TestRelay relay = TestRelay.start(
                database,
                TestBroker.bootstrapServers(),
                "lease.save-interval=5ms",
                "page.rows=7",
                "retention.keep=0s")) {
            publishes(relay);
            outlivesTheSlots(relay);
        }
    }

    @Test
    void tailing() {
        new StoredTables(database.dataSource()).afterPropertiesSet();
        try (TestRelay relay = TestRelay.startTailing(database, "lease.save-interval=5ms")) {
            publishes(relay);
        }
    }

    private void publishes(TestRelay relay) {
        relay.awaitOwner();
        OutboxWriter writer = StoredTables.writer(database.dataSource());
        for (int i = 0; i < 10; i++) {
            writer.append(List.of(event("Order", i), event("Limit", i), event("Note", i)));
        }

        List<ConsumerRecord<String, byte[]>> records = reader.untilEvents(20);

        assertThat(texts(records, "Order"))
                .containsExactly(
                        "Order 0", "Order 1", "Order 2", "Order 3", "Order 4", "Order 5", "Order 6", "Order 7",
                        "Order 8", "Order 9");
        assertThat(texts(records, "Note")).hasSize(10);
        assertThat(texts(records, "Limit")).as("stored, and not published").isEmpty();
        assertThat(records)
                .filteredOn(record -> text(record).startsWith("Order"))
                .extracting(record -> TopicReader.header(record, "ce_sequence"))
                .first()
                .asString()
                .endsWith("1");
    }

    private void outlivesTheSlots(TestRelay relay) {
        Replay replay = relay.bean(Replay.class);
        // Until the lane has saved its first position, nothing counts as published.
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .ignoreException(IllegalStateException.class)
                .until(() -> replay.estimate(EventSelection.all()).events() == 20);
        // All slots but those that are written to are at rest; the rows are where no transaction writes now.
        jdbc.sql("update outbox_event set slot = (slot + 2) % 4 where slot >= 0")
                .update();
        Retention retention = relay.bean(Retention.class);
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            retention.runOnce();
            return jdbc.sql("select count(*) from outbox_event where slot >= 0")
                            .query(Long.class)
                            .single()
                    == 0;
        });

        assertThat(retention.headroom()).isPresent();
        assertThat(jdbc.sql("select count(*) from outbox_event")
                        .query(Long.class)
                        .single())
                .as("what is stored")
                .isEqualTo(10);
        // Between the stored events, most numbers are gone.
        jdbc.sql("update outbox_event set seq = seq + 1000000 where aggregate_seq > 5")
                .update();
        jdbc.sql("select setval('outbox_event_seq', 2000000)").query(Long.class).single();
        assertThat(replay.run(EventSelection.all()).events())
                .as("from the first event on")
                .isEqualTo(10);
        assertThat(texts(reader.until(records -> records.size() >= 30), "Order"))
                .hasSize(20);
    }

    private static List<String> texts(List<ConsumerRecord<String, byte[]>> records, String type) {
        return records.stream()
                .map(StoredEventsRelayIT::text)
                .filter(text -> text.startsWith(type))
                .toList();
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }

    private EventEnvelope event(String type, int number) {
        return new EventEnvelope(
                UUID.randomUUID(),
                new EventType("Happened", 1),
                new AggregateRef(type, "a"),
                topic,
                "/test",
                TestEvents.TIME,
                EventPayload.json((type + " " + number).getBytes(StandardCharsets.UTF_8)),
                Map.of());
    }
}

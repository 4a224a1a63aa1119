package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A topic that refuses an event, on a real broker; what is parked then, and how it comes back. */
class RelayParkingIT {

    private static final AggregateRef BAD = new AggregateRef("Order", "bad");

    private final String topic = "parking-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(kind(), OutboxSchema.class);

    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);
    private final ParkedEvents parked = ParkingStore.decisions(
            DatabaseProduct.of(database.dataSource()), database.dataSource(), OutboxTables.ON_SEARCH_PATH);

    @BeforeEach
    void createTablesAndTopic() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()).configs(limit("2000"))))
                    .all()
                    .get();
        }
    }

    @AfterEach
    void cleanUp() {
        reader.close();
    }

    @Test
    void anAggregateThatKafkaRefusesIsParkedWhileTheOthersFlowAndReleasedInOrder() throws Exception {
        try (TestRelay relay = startRelay()) {
            relay.awaitOwner();
            commit("bad", "good");
            commit(event(topic, "bad", "x".repeat(5_000)), event(topic, "bad"), event(topic, "good"));
            commit("bad", "good");
            reader.untilEvents(4);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> parked.events(BAD, 10).size() == 3);
            assertThat(sequencesOf("bad")).containsExactly(1L);
            assertThat(relay.monitor().trouble()).isEmpty();

            raiseLimit();
            assertThat(parked.release(BAD)).isPositive();
            commit("bad", "good");
            reader.untilEvents(9);
            Awaitility.await().atMost(Patience.LIMIT).until(() -> parked.keys(1).isEmpty());
            commit("bad");
            reader.untilEvents(10);
        }
        reader.assertFirstOccurrencesInOrder();
        assertThat(sequencesOf("bad")).endsWith(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatIsParkedStaysSoForTheNextRelay() throws Exception {
        try (TestRelay relay = startRelay()) {
            relay.awaitOwner();
            commit(event(topic, "bad", "x".repeat(5_000)));
            Awaitility.await().atMost(Patience.LIMIT).until(() -> parked.keys(1).size() == 1);
        }
        try (TestRelay relay = startRelay()) {
            relay.awaitOwner();
            commit("bad", "good");
            reader.untilEvents(1);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> parked.events(BAD, 10).size() == 2);
            ParkedEvent first = parked.events(BAD, 10).get(0);
            assertThat(first.reason()).contains("max.message.bytes");

            assertThat(parked.discard(first.id())).isTrue();
            assertThat(parked.release(BAD)).isPositive();
            reader.untilEvents(2);
        }
        assertThat(sequencesOf("bad")).containsExactly(2L);
    }

    @Test
    void underThePolicyToSkipTheNextEventOfTheAggregateFollows() throws Exception {
        try (TestRelay relay = startRelay("failure.types.OrderPlaced=skip")) {
            relay.awaitOwner();
            commit(event(topic, "bad", "x".repeat(5_000)), event(topic, "bad"));
            reader.untilEvents(1);
            assertThat(sequencesOf("bad")).containsExactly(2L);
            assertThat(parked.keys(1)).isEmpty();
        }
    }

    private TestRelay startRelay(String... properties) {
        return start(database.get(), properties);
    }

    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    /** Starts a relay, and waits until its engine does the work. */
    TestRelay start(TestDatabase tables, String... properties) {
        return TestRelay.start(tables, TestBroker.bootstrapServers(), properties);
    }

    private List<Long> sequencesOf(String key) {
        return reader.records().stream()
                .filter(record -> record.key().equals(key))
                .map(record -> Long.valueOf(TopicReader.header(record, "ce_sequence")))
                .distinct()
                .toList();
    }

    private void commit(String... aggregateIds) throws SQLException {
        for (String id : aggregateIds) {
            commit(event(topic, id));
        }
    }

    private void commit(EventEnvelope... events) throws SQLException {
        OutboxTransaction.commit(database.dataSource(), List.of(events));
    }

    private void raiseLimit() throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp raise =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET);
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(raise)))
                    .all()
                    .get();
        }
    }

    private static Map<String, String> limit(String bytes) {
        return Map.of("max.message.bytes", bytes);
    }

    private static Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestBroker.bootstrapServers()));
    }
}

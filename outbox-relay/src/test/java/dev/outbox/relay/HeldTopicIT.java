package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.health.contributor.Status;

/** Topics that are missing, made and deleted, on a broker that makes none by itself. */
class HeldTopicIT {

    private static final int KEYS = 50;

    private final KafkaBroker broker =
            KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"));

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final ParkedEvents parked = ParkingStore.decisions(database.dataSource());

    @AfterEach
    void cleanUp() {
        broker.close();
    }

    @Test
    void aMissingTopicIsHeldAloneAndGoesOnByItselfOnceItIsMade() throws Exception {
        make("others");
        try (TestRelay relay = start();
                TopicReader others = new TopicReader(broker.bootstrapServers(), "others")) {
            for (int key = 0; key < KEYS; key++) {
                commit("forgotten", "key-" + key);
            }
            commit("others", "other");
            others.untilEvents(1);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> parked.heldTopics().stream().anyMatch(topic -> topic.events() == KEYS));

            assertThat(parked.heldTopics()).singleElement().satisfies(HeldTopicIT::isForgotten);
            assertThat(parked.keys(10)).as("parked aggregates").isEmpty();
            RelayHealthIndicator health = relay.bean(RelayHealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails().get("reason"))
                    .asString()
                    .contains("'forgotten'")
                    .contains("create the topic");

            make("forgotten");
            commit("forgotten", "key-1");
            try (TopicReader forgotten = new TopicReader(broker.bootstrapServers(), "forgotten")) {
                forgotten.untilEvents(KEYS + 1);
                forgotten.assertFirstOccurrencesInOrder();
            }
            relay.awaitNothingHeld();
        }
    }

    @Test
    void aTopicThatIsDeletedWhileInUseHoldsUpNoOther() throws Exception {
        make("others");
        make("forgotten");
        try (TestRelay relay = start();
                TopicReader others = new TopicReader(broker.bootstrapServers(), "others")) {
            commit("forgotten", "key-1");
            commit("others", "other");
            others.untilEvents(1);
            assertThat(relay.monitor().trouble()).isEmpty();
            delete("forgotten");
            for (int i = 0; i < KEYS; i++) {
                commit("forgotten", "key-1");
                commit("others", "other");
            }
            others.untilEvents(KEYS + 1);
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() -> parked.heldTopics().size() == 1);
            assertThat(parked.heldTopics()).singleElement().satisfies(HeldTopicIT::isForgotten);

            make("forgotten");
            try (TopicReader forgotten = new TopicReader(broker.bootstrapServers(), "forgotten")) {
                List<Integer> sequences = forgotten.untilEvents(KEYS).stream()
                        .map(record -> TopicReader.header(record, EventHeaders.SEQUENCE))
                        .map(Integer::valueOf)
                        .distinct()
                        .toList();
                assertThat(sequences)
                        .as("all that was published after the topic was deleted")
                        .endsWith(IntStream.rangeClosed(2, KEYS + 1).boxed().toArray(Integer[]::new));
            }
        }
    }

    private static void isForgotten(HeldTopic topic) {
        assertThat(topic.topic()).isEqualTo("forgotten");
        assertThat(topic.reason()).contains("create the topic");
    }

    private TestRelay start() {
        return TestRelay.start(database.get(), broker.bootstrapServers()).awaitOwner();
    }

    private void commit(String topic, String key) throws SQLException {
        OutboxTransaction.commit(database.dataSource(), List.of(event(topic, key)));
    }

    private void make(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(2), Optional.empty())))
                    .all()
                    .get();
        }
    }

    private void delete(String topic) throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}

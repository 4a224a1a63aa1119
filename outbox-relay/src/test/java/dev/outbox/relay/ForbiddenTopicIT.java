package dev.outbox.relay;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.BrokerUser;
import dev.outbox.embedded.GuardedBroker;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Status;

/** Topics that the relay's user may not write to, or not even see, on a broker that asks for rights. */
class ForbiddenTopicIT {

    private static final int KEYS = 5;
    private static final int EVENTS = 20;

    private static final GuardedBroker BROKER = GuardedBroker.start();

    private final String forbidden = "forbidden-" + UUID.randomUUID();
    private final String others = "others-" + UUID.randomUUID();

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final ParkedEvents parked = ParkingStore.decisions(database.dataSource());
    private final BrokerUser user = BROKER.user();
    private final TopicReader forbiddenReader = new TopicReader(BROKER.bootstrapServers(), forbidden);
    private final TopicReader othersReader = new TopicReader(BROKER.bootstrapServers(), others);

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    @BeforeEach
    void createTablesAndTopics() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            admin.createTopics(Stream.of(forbidden, others)
                            .map(topic -> new NewTopic(topic, Optional.of(2), Optional.empty()))
                            .toList())
                    .all()
                    .get();
        }
    }

    @AfterEach
    void cleanUp() {
        forbiddenReader.close();
        othersReader.close();
        user.forbid(TOPIC, forbidden, DESCRIBE, WRITE);
        user.forbid(TOPIC, others, DESCRIBE, WRITE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isHeldAloneAndGoesOnByItselfOnceItMayBeWritten(boolean describable) throws Exception {
        user.allow(TOPIC, others, DESCRIBE, WRITE);
        if (describable) {
            user.allow(TOPIC, forbidden, DESCRIBE);
        }
        try (TestRelay relay = start()) {
            commitToBoth(EVENTS);
            awaitHeld(EVENTS);
            awaitInOrder(othersReader, EVENTS);
            assertThat(parked.keys(10)).as("parked aggregates").isEmpty();
            RelayHealthIndicator health = relay.bean(RelayHealthIndicator.class);
            assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.health().getDetails().get("reason"))
                    .asString()
                    .contains("'%s'".formatted(forbidden))
                    .contains("allow this user");

            user.allow(TOPIC, forbidden, DESCRIBE, WRITE);
            commitToBoth(KEYS);
            awaitInOrder(forbiddenReader, EVENTS + KEYS);
            awaitInOrder(othersReader, EVENTS + KEYS);
            relay.awaitNothingHeld();
        }
    }

    @Test
    void whoseRightIsTakenAwayWhileItIsInUseIsHeldAlone() throws Exception {
        user.allow(TOPIC, others, DESCRIBE, WRITE);
        user.allow(TOPIC, forbidden, DESCRIBE, WRITE);
        try (TestRelay relay = start()) {
            commitToBoth(EVENTS);
            awaitInOrder(forbiddenReader, EVENTS);
            user.forbid(TOPIC, forbidden, DESCRIBE, WRITE);
            commitToBoth(EVENTS);
            awaitHeld(EVENTS);
            awaitInOrder(othersReader, 2 * EVENTS);
            assertThat(parked.keys(10)).as("parked aggregates").isEmpty();

            user.allow(TOPIC, forbidden, DESCRIBE, WRITE);
            relay.awaitNothingHeld();
            awaitInOrder(forbiddenReader, 2 * EVENTS);
        }
    }

    /** Such a user is not even given the id of a producer, which is said without a word about a topic. */
    @Test
    void isHeldIfItIsTheOnlyOneAndNoOtherMayBeWrittenEither() throws Exception {
        user.allow(TOPIC, forbidden, DESCRIBE);
        try (TestRelay relay = start()) {
            for (int i = 0; i < EVENTS; i++) {
                commit(forbidden, i % KEYS);
            }
            awaitHeld(EVENTS);
            assertThat(parked.keys(10)).as("parked aggregates").isEmpty();

            user.allow(TOPIC, forbidden, WRITE);
            awaitInOrder(forbiddenReader, EVENTS);
            relay.awaitNothingHeld();
        }
    }

    private TestRelay start() {
        return TestRelay.start(
                        database.get(),
                        user.bootstrapServers(),
                        user.login().entrySet().stream()
                                .map(setting -> "--spring.kafka.properties.%s=%s"
                                        .formatted(setting.getKey(), setting.getValue()))
                                .toArray(String[]::new))
                .awaitOwner();
    }

    private void commitToBoth(int events) throws SQLException {
        for (int i = 0; i < events; i++) {
            commit(forbidden, i % KEYS);
            commit(others, i % KEYS);
        }
    }

    /** Each topic has aggregates of its own. */
    private void commit(String topic, int key) throws SQLException {
        OutboxTransaction.commit(
                database.dataSource(), List.of(TestEvents.event(topic, "key-%d of %s".formatted(key, topic))));
    }

    private void awaitHeld(int events) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> parked.heldTopics().stream()
                        .anyMatch(held -> held.topic().equals(forbidden) && held.events() == events));
        assertThat(parked.heldTopics())
                .singleElement()
                .satisfies(held -> assertThat(held.reason()).contains("allow this user"));
    }

    private static void awaitInOrder(TopicReader reader, int events) {
        reader.untilEvents(events);
        reader.assertFirstOccurrencesInOrder();
    }
}

package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.devservices.internal.KafkaBroker;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.embedded.TestBroker;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventType;
import dev.outbox.relay.internal.metrics.RelayMeter;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayPlan;
import dev.outbox.schema.OutboxSchema;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each meter of a relay moves, on a real database and a real broker. */
class RelayMetricsIT {

    /** Nobody listens there. */
    private static final String NOWHERE = "localhost:1";

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final String topic = "metrics-" + UUID.randomUUID();
    private final ReplicationSlots slots = new ReplicationSlots(database.dataSource());

    @AfterEach
    void dropReplicationSlots() {
        await(slots::drop);
    }

    @Test
    void publishedEventsAreCountedAndTimedByTopic() throws Exception {
        try (TestRelay relay = start()) {
            commit(event(topic, "a"), event(topic, "b"), event(topic, "a"));
            await(() -> value(relay, RelayMeter.PUBLISHED, "topic", topic) == 3);
            assertThat(value(relay, RelayMeter.PUBLISH_DELAY, "topic", topic)).isEqualTo(3);
            assertThat(value(relay, RelayMeter.PENDING, "lane", "0")).isZero();
            assertThat(value(relay, RelayMeter.PENDING_AGE, "lane", "0")).isZero();
        }
    }

    @Test
    void eachMeterHasTheTagsThatAreDocumented() throws Exception {
        try (TestRelay relay = TestRelay.startTailing(database.get())) {
            relay.awaitOwner();
            commit(event(topic, "a"));
            await(() -> value(relay, RelayMeter.PUBLISHED, "topic", topic) == 1);
            for (RelayMeter meter : RelayMeter.values()) {
                assertThat(registry(relay).find(meter.meterName()).meters())
                        .as(meter.meterName())
                        .isNotEmpty()
                        .extracting(Meter::getId)
                        .allSatisfy(id -> {
                            assertThat(id.getTags()).extracting(Tag::getKey).hasSameElementsAs(meter.tags());
                            assertThat(id.getDescription()).isEqualTo(meter.description());
                        });
            }
        }
    }

    @Test
    void aLaneIsShownByItsOwnerAlone() {
        try (TestRelay first = start("lanes=2")) {
            first.awaitLanes(2);
            await(() -> value(first, RelayMeter.LANES_OWNED) == 2 && value(first, RelayMeter.LANES_UNOWNED) == 0);
            try (TestRelay second = start("lanes=2")) {
                second.awaitLanes(1);
                await(() -> value(first, RelayMeter.LANES_OWNED) + value(second, RelayMeter.LANES_OWNED) == 2
                        && lanes(first).size() == 1
                        && lanes(second).size() == 1);
                assertThat(lanes(first)).doesNotContainAnyElementsOf(lanes(second));
            }
            await(() -> lanes(first).equals(List.of("0", "1")));
            assertThat(value(first, RelayMeter.LANES_LOST)).isZero();
        }
    }

    @Test
    void aLaneThatAnotherRelayHasTakenIsLostAsFenced() throws Exception {
        try (TestRelay relay = start("lease.ttl=3s").awaitOwner()) {
            jdbc().sql("update outbox_lane set owner = 'another', epoch = epoch + 1,"
                            + " lease_until = clock_timestamp() + interval '1 hour'")
                    .update();
            await(() -> value(relay, RelayMeter.LANES_LOST, "reason", "fenced") == 1);
            await(() ->
                    value(relay, RelayMeter.LANES_OWNED) == 0 && lanes(relay).isEmpty());
            assertThat(value(relay, RelayMeter.LANES_LOST, "reason", "expired")).isZero();
            jdbc().sql("update outbox_lane set owner = null, lease_until = null")
                    .update();
            await(() -> value(relay, RelayMeter.LANES_OWNED) == 1);
        }
    }

    @Test
    void aDatabaseThatFallsSilentIsWaitedForUntilTheLeaseExpiresAndNothingAsksIt() throws Exception {
        try (ForgetfulNetwork network = ForgetfulNetwork.to(database.jdbcUrl());
                TestRelay relay = TestRelay.startAt(
                        network.jdbcUrl(),
                        database.user(),
                        database.password(),
                        TestBroker.bootstrapServers(),
                        "lease.ttl=3s",
                        "database.socket-timeout=4s")) {
            relay.awaitOwner();
            network.forget();
            await(() -> value(relay, RelayMeter.LANES_LOST, "reason", "expired") == 1);
            for (Meter meter : registry(relay).getMeters()) {
                if (meter.getId().getName().startsWith("outbox.")) {
                    assertThat(meter.measure()).isNotEmpty();
                }
            }
            await(() -> value(relay, RelayMeter.LANES_OWNED) == 1);
        }
    }

    @Test
    void aDatabaseThatIsGoneIsWaitedFor() throws Exception {
        ForgetfulNetwork network = ForgetfulNetwork.to(database.jdbcUrl());
        try (TestRelay relay = TestRelay.startAt(
                network.jdbcUrl(), database.user(), database.password(), TestBroker.bootstrapServers())) {
            relay.awaitOwner();
            network.close();
            await(() -> waiting(relay, "database") > 0);
            assertThat(waiting(relay, "broker")).isZero();
            await(() -> value(relay, RelayMeter.PENDING_AGE, "lane", "0") > 0);
        }
    }

    @Test
    void aBrokerThatDoesNotAnswerIsWaitedForAndTheEventsArePending() throws Exception {
        try (TestRelay relay =
                TestRelay.start(database.get(), NOWHERE, "check.timeout=1s").awaitOwner()) {
            commit(event(topic, "a"), event(topic, "b"));
            await(() -> value(relay, RelayMeter.PENDING, "lane", "0") == 2);
            await(() -> waiting(relay, "broker") > 0);
            // They were raised months ago.
            assertThat(value(relay, RelayMeter.PENDING_AGE, "lane", "0")).isGreaterThan(1_000_000);
            assertThat(waiting(relay, "database")).isZero();
        }
    }

    @Test
    void aStandbyThatIsMissingIsWaitedFor() throws Exception {
        try (TestRelay relay =
                start("durability.standbys=gone", "durability.patience=100ms").awaitOwner()) {
            commit(event(topic, "a"));
            await(() -> waiting(relay, "durability") > 0);
            await(() -> value(relay, RelayMeter.PENDING_AGE, "lane", "0") > 0);
        }
    }

    @Test
    void anEventWhosePolicyIsToStopIsWaitedFor() throws Exception {
        try (TestRelay relay = start("failure.policy=stop").awaitOwner()) {
            commit(refused("a"));
            await(() -> waiting(relay, "event") > 0);
            await(() -> value(relay, RelayMeter.PENDING, "lane", "0") == 1);
        }
    }

    @Test
    void whatIsParkedIsCountedUntilItIsReleasedOrDiscarded() throws Exception {
        try (TestRelay relay = start().awaitOwner()) {
            ParkedEvents parked = relay.bean(ParkedEvents.class);
            EventEnvelope refused = refused("a");
            commit(refused, event(topic, "a"), event(topic, "a"), event(topic, "b"));
            await(() -> value(relay, RelayMeter.PARKINGS, "cause", "refused") == 1
                    && value(relay, RelayMeter.PARKINGS, "cause", "behind") == 2);
            await(() -> value(relay, RelayMeter.PARKED, "lane", "0") == 3
                    && value(relay, RelayMeter.PARKED_AGE, "lane", "0") > 0);

            parked.releaseAll();
            await(() -> value(relay, RelayMeter.RELEASES, "outcome", "refused") == 1);
            await(() -> value(relay, RelayMeter.PARKED, "lane", "0") == 3);

            await(() -> parked.discard(refused.id()));
            parked.release(new AggregateRef("Order", "a"));
            await(() -> value(relay, RelayMeter.RELEASES, "outcome", "published") == 2);
            await(() -> value(relay, RelayMeter.PARKED, "lane", "0") == 0
                    && value(relay, RelayMeter.PARKED_AGE, "lane", "0") == 0);
        }
    }

    @Test
    void whatIsSkippedIsCounted() throws Exception {
        try (TestRelay relay = start("failure.policy=skip").awaitOwner()) {
            commit(refused("a"));
            await(() -> value(relay, RelayMeter.PARKINGS, "cause", "skipped") == 1);
            assertThat(value(relay, RelayMeter.PARKED, "lane", "0")).isZero();
        }
    }

    @Test
    void aTopicThatIsMissingIsHeld() throws Exception {
        try (KafkaBroker broker =
                        KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"));
                TestRelay relay = TestRelay.start(database.get(), broker.bootstrapServers())
                        .awaitOwner()) {
            commit(event(topic, "a"), event(topic, "b"));
            await(() -> value(relay, RelayMeter.PARKINGS, "cause", "topic") == 2);
            await(() -> value(relay, RelayMeter.TOPICS_HELD, "lane", "0") == 1
                    && value(relay, RelayMeter.TOPICS_HELD_AGE, "lane", "0") > 0);

            make(topic, broker);
            await(() -> value(relay, RelayMeter.RELEASES, "outcome", "published") == 2);
            await(() -> value(relay, RelayMeter.TOPICS_HELD, "lane", "0") == 0
                    && value(relay, RelayMeter.TOPICS_HELD_AGE, "lane", "0") == 0);
        }
    }

    @Test
    void aReleasedEventIsHeldIfItsTopicIsMissing() throws Exception {
        try (KafkaBroker broker =
                        KafkaBroker.start(settings -> settings.setProperty("auto.create.topics.enable", "false"));
                TestRelay relay = TestRelay.start(database.get(), broker.bootstrapServers())
                        .awaitOwner()) {
            make(topic, broker);
            ParkedEvents parked = relay.bean(ParkedEvents.class);
            EventEnvelope refused = refused("a");
            commit(refused, event("missing", "a"));
            await(() -> value(relay, RelayMeter.PARKED, "lane", "0") == 2);
            assertThat(parked.discard(refused.id())).isTrue();
            assertThat(parked.release(new AggregateRef("Order", "a"))).isOne();
            await(() -> value(relay, RelayMeter.RELEASES, "outcome", "topic") == 1);
        }
    }

    @Test
    void lanesThatNobodyOwnsAreShown() {
        try (TestRelay relay = start("lanes=2")) {
            relay.awaitLanes(2);
            await(() -> value(relay, RelayMeter.LANES_UNOWNED) == 0);
            // A relay that should have one of them and does not take it.
            jdbc().sql("insert into outbox_relay (relay, lanes, joined_at, lease_until) values"
                            + " ('idle', 2, clock_timestamp(), clock_timestamp() + interval '1 hour')")
                    .update();
            await(() -> value(relay, RelayMeter.LANES_UNOWNED) == 1 && value(relay, RelayMeter.LANES_OWNED) == 1);
        }
    }

    @Test
    void theTimeUntilASlotIsWrittenToAgainIsShown() throws Exception {
        try (TestRelay relay = start("retention.interval=100ms").awaitOwner()) {
            await(() -> value(relay, RelayMeter.SLOT_HEADROOM) > 0);
            assertThat(value(relay, RelayMeter.SLOT_HEADROOM)).isLessThanOrEqualTo(12 * 3600);
        }
    }

    @Test
    void whatTheServerKeepsForTheReplicationSlotIsShown() throws Exception {
        try (TestRelay relay = TestRelay.startTailing(database.get())) {
            await(() -> value(relay, RelayMeter.REPLICATION_STATUS, "status", "reserved") == 1);
            assertThat(value(relay, RelayMeter.REPLICATION_STATUS, "status", "lost"))
                    .isZero();
            await(() -> value(relay, RelayMeter.REPLICATION_RETAINED) > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tail", "debezium"})
    void aReplicationSlotThatIsMissingIsShown(String engine) {
        try (TestRelay relay = start("engine=" + engine, "tail.create-slot=false", engine + ".slot=metrics")) {
            await(() -> value(relay, RelayMeter.REPLICATION_STATUS, "status", "missing") == 1);
            createSlot();
            await(() -> value(relay, RelayMeter.REPLICATION_STATUS, "status", "reserved") == 1);
            await(slots::drop);
            await(() -> value(relay, RelayMeter.REPLICATION_STATUS, "status", "missing") == 1);
            assertThat(value(relay, RelayMeter.REPLICATION_STATUS, "status", "reserved"))
                    .isZero();
        }
    }

    private void createSlot() {
        jdbc().sql("select pg_create_logical_replication_slot('metrics', 'pgoutput')")
                .query()
                .listOfRows();
    }

    @Test
    void aReplayShowsWhatItHasPublishedAndWhatIsLeft() throws Exception {
        try (TestRelay relay = start().awaitOwner()) {
            commit(event(topic, "a"), event(topic, "b"), event(topic, "c"));
            await(() -> value(relay, RelayMeter.PUBLISHED, "topic", topic) == 3);
            Replay replay = relay.bean(Replay.class);
            await(() -> countOf(replay) == 3);
            assertThat(value(relay, RelayMeter.REPLAYS_RUNNING)).isZero();
            List<Double> shown = new ArrayList<>();

            replay.run(EventSelection.all(), ReplayPlan.unlimited().of(5).whilst(published -> {
                shown.add(value(relay, RelayMeter.REPLAYS_RUNNING));
                shown.add(value(relay, RelayMeter.REPLAYS_REMAINING));
                return true;
            }));

            assertThat(shown).as("running, and left of five").containsExactly(1.0, 2.0);
            assertThat(value(relay, RelayMeter.REPLAYS_PUBLISHED)).isEqualTo(3);
            assertThat(value(relay, RelayMeter.REPLAYS_RUNNING)).isZero();
            assertThat(value(relay, RelayMeter.REPLAYS_REMAINING)).isZero();
            assertThat(value(relay, RelayMeter.PUBLISHED, "topic", topic)).isEqualTo(3);
        }
    }

    private static long countOf(Replay replay) {
        try {
            return replay.estimate(EventSelection.all()).events();
        } catch (IllegalStateException notPublished) {
            return 0;
        }
    }

    @Test
    void thePoolOfTheRelayIsMeasuredBesideThatOfTheService() {
        try (TestRelay relay = start().awaitOwner()) {
            assertThat(registry(relay)
                            .get("hikaricp.connections")
                            .tag("pool", "outbox-relay")
                            .gauge()
                            .value())
                    .isPositive();
            await(() -> registry(relay)
                            .get("hikaricp.connections.usage")
                            .tag("pool", "outbox-relay")
                            .timer()
                            .count()
                    > 0);
        }
    }

    @Test
    void theMetricsOfTheKafkaClientsAreShown() throws Exception {
        try (TestRelay relay = start().awaitOwner()) {
            commit(event(topic, "a"));
            await(() -> value(relay, RelayMeter.PUBLISHED, "topic", topic) == 1);
            assertThat(registry(relay).find("kafka.producer.record.send.total").meters())
                    .singleElement()
                    .satisfies(meter ->
                            assertThat(meter.getId().getTag("client.id")).contains("lane-0"));
        }
    }

    private TestRelay start(String... properties) {
        return TestRelay.start(database.get(), TestBroker.bootstrapServers(), properties);
    }

    private void commit(EventEnvelope... events) throws SQLException {
        OutboxTransaction.commit(database.dataSource(), Arrays.asList(events));
    }

    /** It has a header that no event may have. */
    private EventEnvelope refused(String aggregateId) {
        EventEnvelope event = event(topic, aggregateId);
        return new EventEnvelope(
                event.id(),
                new EventType("OrderPlaced", 2),
                event.aggregate(),
                topic,
                event.source(),
                event.time(),
                event.payload(),
                Map.of("ce_id", "forged"));
    }

    private static void make(String topic, KafkaBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(database.dataSource());
    }

    private static MeterRegistry registry(TestRelay relay) {
        return relay.bean(MeterRegistry.class);
    }

    private static double waiting(TestRelay relay, String reason) {
        return value(relay, RelayMeter.WAITING, "lane", "0", "for", reason);
    }

    /** The value of a gauge, the count of anything else; summed over what has the tags; 0 if there is none. */
    private static double value(TestRelay relay, RelayMeter meter, String... tags) {
        return registry(relay).find(meter.meterName()).tags(tags).meters().stream()
                .mapToDouble(RelayMetricsIT::value)
                .sum();
    }

    private static double value(Meter meter) {
        for (Measurement measurement : meter.measure()) {
            if (measurement.getStatistic() == Statistic.COUNT || measurement.getStatistic() == Statistic.VALUE) {
                return measurement.getValue();
            }
        }
        throw new AssertionError(meter.getId());
    }

    /** The lanes that the relay shows as its own. */
    private static List<String> lanes(TestRelay relay) {
        return registry(relay).find(RelayMeter.PENDING.meterName()).meters().stream()
                .map(meter -> String.valueOf(meter.getId().getTag("lane")))
                .sorted()
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Patience.LIMIT).until(condition::getAsBoolean);
    }
}

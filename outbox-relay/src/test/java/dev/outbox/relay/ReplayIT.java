package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestBroker;
import dev.outbox.embedded.TestDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventHeaders;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.replay.EventSelection;
import dev.outbox.relay.replay.Replay;
import dev.outbox.relay.replay.ReplayEstimate;
import dev.outbox.relay.replay.ReplayPlan;
import dev.outbox.relay.replay.ReplayResult;
import dev.outbox.relay.replay.ReplayResult.Completed;
import dev.outbox.relay.replay.ReplayResult.Incomplete;
import dev.outbox.relay.replay.ReplayResult.Stopped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReplayIT {

    private static final int EVENTS = 50;

    private final TestDatabase database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final String topic = "replay-" + UUID.randomUUID();
    private final TestRelay relay =
            TestRelay.start(database, TestBroker.bootstrapServers(), "page.rows=7", "lease.save-interval=5ms");
    private final TopicReader reader = new TopicReader(TestBroker.bootstrapServers(), topic);
    private final Replay replay = relay.bean(Replay.class);

    @BeforeEach
    void publish() throws SQLException {
        List<EventEnvelope> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            events.add(event(topic, i % 2 == 0 ? "even" : "odd", Integer.toString(i)));
        }
        OutboxTransaction.commit(database.dataSource(), events);
        reader.untilEvents(EVENTS);
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> replay.run(EventSelection.all(), topic + ".probe").events() == EVENTS);
    }

    @AfterEach
    void stop() {
        relay.close();
        reader.close();
        database.close();
    }

    @Test
    void repeatsAllThatIsRetainedInOrderAndMarksIt() {
        ReplayResult result = replay.run(EventSelection.all());

        assertThat(result).isEqualTo(new Completed(result.id(), EVENTS));
        List<ConsumerRecord<String, byte[]>> repeated = reader.until(records -> records.size() == 2 * EVENTS).stream()
                .filter(record -> record.headers().lastHeader(EventHeaders.REPLAY) != null)
                .toList();
        assertThat(repeated)
                .hasSize(EVENTS)
                .allSatisfy(record -> assertThat(TopicReader.header(record, EventHeaders.REPLAY))
                        .isEqualTo(result.id().toString()));
        assertThat(idsByKey(repeated))
                .as("each key in its order")
                .isEqualTo(idsByKey(reader.records().stream()
                        .filter(record -> !repeated.contains(record))
                        .toList()));
    }

    private static Map<String, List<String>> idsByKey(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .collect(groupingBy(
                        ConsumerRecord::key, mapping(record -> TopicReader.header(record, EventHeaders.ID), toList())));
    }

    @Test
    void repeatsOneAggregateToAnotherTopic() {
        ReplayResult result =
                replay.run(EventSelection.all().ofAggregate(new AggregateRef("Order", "odd")), topic + ".odd");

        assertThat(result.events()).isEqualTo(EVENTS / 2);
        try (TopicReader other = new TopicReader(TestBroker.bootstrapServers(), topic + ".odd")) {
            other.untilEvents(EVENTS / 2);
            other.assertFirstOccurrencesInOrder();
            assertThat(other.records())
                    .allSatisfy(record -> assertThat(record.key()).isEqualTo("odd"));
        }
    }

    @Test
    void repeatsAKeyAndARangeOfTime() {
        assertThat(replay.run(EventSelection.all().ofKey("even")).events()).isEqualTo(EVENTS / 2);
        assertThat(replay.run(EventSelection.all().ofKey("none")).events()).isZero();
        assertThat(replay.run(EventSelection.all().from(TestEvents.TIME).until(TestEvents.TIME.plusSeconds(1)))
                        .events())
                .isEqualTo(EVENTS);
        assertThat(replay.run(EventSelection.all().until(TestEvents.TIME)).events())
                .isZero();
        assertThat(replay.run(EventSelection.all().from(TestEvents.TIME.plusSeconds(1)))
                        .events())
                .isZero();
    }

    @Test
    void repeatsEventsOfATypeAndSaysBeforeHowManyTheyAre() {
        EventSelection placed = EventSelection.all().ofType("OrderPlaced").ofKey("odd");

        ReplayEstimate estimate = replay.estimate(placed);

        assertThat(estimate.events()).isEqualTo(EVENTS / 2);
        assertThat(estimate.bytes()).as("of payloads of one or two digits").isBetween(EVENTS / 2L, 2L * EVENTS / 2);
        assertThat(estimate.topics()).containsExactly(topic);
        assertThat(replay.run(placed).events()).isEqualTo(EVENTS / 2);
        assertThat(replay.estimate(EventSelection.all().ofType("OrderShipped")))
                .isEqualTo(new ReplayEstimate(0, 0, List.of()));
    }

    @Test
    void leavesOutWhatIsParkedOrDiscarded() throws SQLException {
        ParkedEvents parked = relay.bean(ParkedEvents.class);
        EventEnvelope discarded = refused("even");
        OutboxTransaction.commit(
                database.dataSource(), List.of(discarded, refused("odd"), event(topic, "odd", "behind")));
        await(() -> parked.keys(10).size() == 2);
        assertThat(parked.discard(discarded.id())).isTrue();
        await(() -> parked.keys(10).size() == 1);

        assertThat(replay.estimate(EventSelection.all()).events()).isEqualTo(EVENTS);
        ReplayResult result = replay.run(EventSelection.all(), topic + ".again");
        assertThat(result).isEqualTo(new Completed(result.id(), EVENTS));
    }

    private EventEnvelope refused(String aggregateId) {
        EventEnvelope event = event(topic, aggregateId);
        return new EventEnvelope(
                event.id(),
                event.type(),
                event.aggregate(),
                topic,
                event.source(),
                event.time(),
                event.payload(),
                Map.of("ce_id", "forged"));
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(Patience.LIMIT).until(condition::getAsBoolean);
    }

    @Test
    void aReplayIsStoppedBetweenTwoPages() {
        ReplayResult result = replay.run(
                EventSelection.all(), ReplayPlan.unlimited().to(topic + ".half").whilst(published -> published < 20));

        assertThat(result).isEqualTo(new Stopped(result.id(), 21));
    }

    /** The rests are on the clock of the machine, so only their sum can be looked at, and only from below. */
    @Test
    void aReplayIsNoFasterThanItsRate() {
        long began = System.nanoTime();

        ReplayResult result = replay.run(
                EventSelection.all(), ReplayPlan.unlimited().to(topic + ".slow").limitedTo(200));

        assertThat(result).isInstanceOf(Completed.class);
        assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(EVENTS * 1_000_000_000L / 200);
    }

    @Test
    void leavesWhatIsNotPublishedYetToTheRelay() throws SQLException {
        relay.bean(RelayLoop.class).stop();
        OutboxTransaction.commit(database.dataSource(), List.of(event(topic, "odd", "unpublished")));
        assertThat(replay.run(EventSelection.all(), topic + ".later").events()).isEqualTo(EVENTS);
    }

    @Test
    void saysThatNothingIsKnownToBePublished() {
        relay.bean(RelayLoop.class).stop();
        jdbc.sql("update outbox_lane set position = null").update();
        assertThat(replay.run(EventSelection.all()))
                .isInstanceOfSatisfying(
                        Incomplete.class,
                        incomplete -> assertThat(incomplete.cause()).hasMessageContaining("lane 0 has no position"));
    }

    @Test
    void refusesATopicThatKafkaCannotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> replay.run(EventSelection.all(), "not/legal"))
                .withMessageContaining("not/legal");
    }
}

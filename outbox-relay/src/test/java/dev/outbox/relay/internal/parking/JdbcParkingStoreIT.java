package dev.outbox.relay.internal.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.TestEvents;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.parking.HeldTopic;
import dev.outbox.relay.parking.ParkedCause;
import dev.outbox.relay.parking.ParkedCount;
import dev.outbox.relay.parking.ParkedEvent;
import dev.outbox.relay.parking.ParkedEvents;
import dev.outbox.relay.parking.ParkedKey;
import dev.outbox.relay.parking.ParkedRelease;
import dev.outbox.relay.parking.ParkedSelection;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcParkingStoreIT {

    private static final AggregateRef A = new AggregateRef("Order", "A");
    private static final AggregateRef B = new AggregateRef("Order", "B");

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseProduct product;
    private final ParkingStore store;
    private final ParkedEvents parked;
    private final JdbcClient jdbc;

    JdbcParkingStoreIT(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        DataSource dataSource = database.dataSource();
        this.product = DatabaseProduct.of(dataSource);
        this.store = ParkingStore.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.parked = ParkingStore.decisions(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Test
    void keepsEventsAsTheyAre() {
        EventEnvelope event = TestEvents.event("orders", "A", "{\"n\":1}");
        write(event);

        store.park(List.of(new Parking(1, "no", false)));

        store.decide(List.of(A));
        assertThat(store.released(BucketRange.ALL, 10)).containsExactly(new OutboxRow(1, 1, event));
        assertThat(parked.events(A, 10)).singleElement().satisfies(found -> {
            assertThat(found.row()).isEqualTo(new OutboxRow(1, 1, event));
            assertThat(found.reason()).contains("no");
        });
    }

    @Test
    void listsAggregatesWithTheReasonOfTheFirst() {
        write("A", "B", "A");
        store.park(List.of(parking(1, "no")));
        store.park(List.of(parking(2, "neither"), waiting(3)));

        assertThat(parked.keys(10)).extracting(ParkedKey::key).containsExactly(A, B);
        assertThat(parked.keys(10)).extracting(ParkedKey::events).containsExactly(2L, 1L);
        assertThat(parked.keys(10)).extracting(ParkedKey::reason).containsExactly("no", "neither");
        assertThat(parked.keys(1)).hasSize(1);
        assertThat(parked.events(A, 10)).extracting(ParkedEvent::reason).containsExactly("no", null);
    }

    @Test
    void pagesThroughTheKeysOfASelection() {
        write("A", "B", "C", "B");
        store.park(List.of(parking(1, "too large: 7"), parking(2, "too large: 9"), parking(3, "no right")));
        store.park(List.of(waiting(4)));
        ParkedSelection tooLarge = ParkedSelection.all().because("too large");

        List<ParkedKey> first = parked.keys(ParkedSelection.all(), null, 2);
        assertThat(first).extracting(ParkedKey::key).containsExactly(A, B);
        assertThat(parked.keys(ParkedSelection.all(), first.get(1).place(), 2))
                .extracting(key -> key.key().id())
                .containsExactly("C");
        assertThat(parked.keys(tooLarge, first.get(0).place(), 2))
                .extracting(ParkedKey::key)
                .containsExactly(B);
        assertThat(parked.count(tooLarge)).isEqualTo(new ParkedCount(2, 3));
        assertThat(parked.count(ParkedSelection.all().ofKey("B"))).isEqualTo(new ParkedCount(1, 2));
        assertThat(parked.count(ParkedSelection.all().ofAggregates("Order"))).isEqualTo(new ParkedCount(3, 4));
        assertThat(parked.count(ParkedSelection.all().ofAggregates("Customer"))).isEqualTo(new ParkedCount(0, 0));
    }

    @Test
    void aSelectionIsDecidedAboutByWholeKeys() {
        write("A", "B", "A", "C");
        store.park(List.of(parking(1, "too large"), parking(2, "no right"), waiting(3), parking(4, "too large")));
        parked.release(new AggregateRef("Order", "C"));
        ParkedSelection tooLarge = ParkedSelection.all().because("too large");

        assertThat(parked.count(tooLarge)).as("without what is decided").isEqualTo(new ParkedCount(1, 2));
        assertThat(parked.release(tooLarge)).isEqualTo(2);
        assertThat(store.load(BucketRange.ALL).decided()).containsExactlyInAnyOrder(A, new AggregateRef("Order", "C"));
        assertThat(parked.discard(ParkedSelection.all())).as("what is left").isOne();
        assertThat(parked.events(B, 10)).isEmpty();
        assertThat(store.load(BucketRange.ALL).discarded()).containsExactly(2L);
    }

    @Test
    void keysAreCountedByTheReasonOfTheirFirstEvent() {
        write("A", "B", "A", "C", "D", "E");
        store.park(List.of(
                parking(1, "too large"),
                parking(2, "no right"),
                waiting(3),
                parking(4, "too large"),
                parking(5, "too large"),
                waiting(6)));
        parked.release(new AggregateRef("Order", "D"));

        assertThat(parked.causes(10))
                .extracting(ParkedCause::reason, ParkedCause::keys, ParkedCause::events)
                .startsWith(tuple("too large", 2L, 3L))
                .containsExactlyInAnyOrder(tuple("too large", 2L, 3L), tuple("no right", 1L, 1L), tuple(null, 1L, 1L));
        assertThat(parked.causes(1)).hasSize(1);
    }

    @Test
    void anEditedEventIsReleasedWithItsNewPayload() {
        EventEnvelope event = TestEvents.event("orders", "A", "{\"n\":1}");
        write(event);
        store.park(List.of(parking(1, "no")));

        assertThat(parked.edit(event.id(), "{\"n\":2}".getBytes(StandardCharsets.UTF_8)))
                .isTrue();

        assertThat(parked.event(event.id())).get().satisfies(found -> {
            assertThat(found.reason()).isEqualTo("no");
            assertThat(found.row().event().payload().text()).isEqualTo("{\"n\":2}");
        });
        parked.release(A);
        assertThat(parked.edit(event.id(), new byte[] {1}))
                .as("a decision is pending")
                .isFalse();
        assertThat(store.released(BucketRange.ALL, 10))
                .singleElement()
                .satisfies(row -> assertThat(row.event().payload().text()).isEqualTo("{\"n\":2}"));
        assertThat(parked.edit(UUID.randomUUID(), new byte[] {1})).isFalse();
        assertThat(parked.event(UUID.randomUUID())).isEmpty();
    }

    @Test
    void loadsWhatIsParkedInItsBuckets() {
        write("A", "B");
        store.park(List.of(parking(1, "no"), parking(2, "no")));

        BucketRange ofA = new BucketRange(A.bucket(), A.bucket());
        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 1L, B, 2L));
        assertThat(store.load(ofA).keys()).isEqualTo(Map.of(A, 1L));
    }

    @Test
    void parksAnEventOnce() {
        write("A");
        store.park(List.of(parking(1, "no")));
        store.park(List.of(waiting(1)));

        assertThat(parked.events(A, 10))
                .singleElement()
                .extracting(ParkedEvent::reason)
                .isEqualTo("no");
    }

    @Test
    void aReleaseIsAskedForOnce() {
        write("A");
        assertThat(parked.release(A)).as("nothing is parked").isZero();
        store.park(List.of(parking(1, "no")));

        assertThat(parked.release(A)).isPositive();
        assertThat(parked.release(A)).isZero();
        assertThat(parked.discard(A)).isZero();
        assertThat(parked.discard(event(1))).isFalse();
        assertThat(parked.keys(10))
                .singleElement()
                .satisfies(key -> assertThat(key.releasing()).isTrue());
        assertThat(store.load(BucketRange.ALL).decided()).containsExactly(A);
    }

    @Test
    void aReleaseThatWasRefusedCanBeAskedForAgain() {
        write("A", "A");
        store.park(List.of(parking(1, "no"), waiting(2)));
        parked.release(A);

        store.refused(new Refused(A, 2, "never"));

        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 1L));
        assertThat(store.load(BucketRange.ALL).decided()).isEmpty();
        assertThat(parked.events(A, 10)).extracting(ParkedEvent::reason).containsExactly("no", "never");
        assertThat(parked.release(A)).isPositive();
    }

    @Test
    void aDecisionIsExtendedToWhatCameBehind() {
        write("A", "A");
        store.park(List.of(parking(1, "no")));
        parked.release(A);
        store.park(List.of(waiting(2)));
        store.decide(List.of(A));
        store.published(List.of(1L));

        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 2L));
        assertThat(store.load(BucketRange.ALL).decided()).containsExactly(A);
        store.published(List.of(2L));
        store.done(List.of(A));
        assertThat(store.load(BucketRange.ALL).keys()).isEmpty();
    }

    @Test
    void aDiscardConcernsWhatIsParkedWhenItIsAskedFor() {
        write("A", "A", "A");
        store.park(List.of(parking(1, "no"), waiting(2)));
        assertThat(parked.discard(A)).isPositive();
        store.park(List.of(waiting(3)));

        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 1L));
        assertThat(store.load(BucketRange.ALL).decided()).containsExactly(A);
        store.decide(List.of(A));
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(3L);
        store.published(List.of(3L));
        store.done(List.of(A));

        assertThat(store.load(BucketRange.ALL).keys()).isEmpty();
        assertThat(store.load(BucketRange.ALL).discarded()).containsExactlyInAnyOrder(1L, 2L);
        assertThat(parked.keys(10)).isEmpty();
    }

    @Test
    void aDiscardOfOneEventLeavesTheOthersParked() {
        write("A", "A");
        store.park(List.of(parking(1, "no"), waiting(2)));

        assertThat(parked.discard(event(1))).isTrue();
        assertThat(parked.discard(event(1))).isFalse();

        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 2L));
        assertThat(store.load(BucketRange.ALL).decided()).isEmpty();
        store.decide(List.of(A));
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(2L);
    }

    @Test
    void withItsLastEventDiscardedAnAggregateIsReleased() {
        write("A", "A");
        store.park(List.of(parking(1, "no"), waiting(2)));
        parked.discard(event(1));
        parked.discard(event(2));

        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 2L));
        assertThat(store.load(BucketRange.ALL).decided()).containsExactly(A);
        store.done(List.of(A));
        assertThat(store.load(BucketRange.ALL).keys()).isEmpty();
    }

    @Test
    void whatWasGivenUpStaysUntilItIsNotInTheOutboxAnyMore() {
        write("A", "B");
        store.park(List.of(parking(1, "no"), new Parking(2, "no", true)));

        assertThat(parked.removeDiscarded()).isZero();
        assertThat(store.load(BucketRange.ALL).discarded()).containsExactly(2L);

        jdbc.sql("truncate table outbox_event").update();
        assertThat(parked.removeDiscarded()).isOne();
        assertThat(store.load(BucketRange.ALL).discarded()).isEmpty();
        assertThat(parked.keys(10)).extracting(ParkedKey::key).containsExactly(A);
    }

    @Test
    void aDecisionIsCarriedOutBeforeItsEventsAreRemoved() {
        write("A");
        store.park(List.of(parking(1, "no")));
        parked.discard(A);
        jdbc.sql("truncate table outbox_event").update();

        assertThat(parked.removeDiscarded()).isZero();
        store.done(List.of(A));
        assertThat(parked.removeDiscarded()).isOne();
    }

    @Test
    void whatWaitsForItsTopicIsSeenByTopicAndNotByAggregate() {
        write(TestEvents.event("orders", "A"));
        write(TestEvents.event("invoices", "A"));
        write(TestEvents.event("orders", "B"));
        store.park(List.of(Parking.held(1, "gone"), parking(2, "no"), Parking.held(3, "gone")));

        assertThat(parked.heldTopics()).singleElement().satisfies(topic -> {
            assertThat(topic.topic()).isEqualTo("orders");
            assertThat(topic.events()).isEqualTo(2);
            assertThat(topic.reason()).isEqualTo("gone");
        });
        assertThat(parked.keys(10)).extracting(ParkedKey::events).containsExactly(1L);
        assertThat(store.load(BucketRange.ALL).topics()).isEqualTo(Map.of("orders", "gone"));
        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 2L));

        assertThat(parked.release(A)).isPositive();
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(2L);
        assertThat(store.held(BucketRange.ALL, "orders", 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L, 3L);
        assertThat(store.held(BucketRange.ALL, "orders", 1))
                .extracting(OutboxRow::seq)
                .containsExactly(1L);
    }

    @Test
    void whatWaitsForATopicThatDoesNotComeBackIsGivenUp() {
        write(TestEvents.event("gone", "A", "{}"));
        write(TestEvents.event("other", "A", "{}"));
        write(TestEvents.event("gone", "B", "{}"));
        store.park(List.of(Parking.held(1, "missing"), Parking.held(2, "missing"), Parking.held(3, "missing")));

        assertThat(parked.discardHeld("gone")).isEqualTo(2);
        assertThat(parked.discardHeld("gone")).as("none is left").isZero();
        assertThat(parked.heldTopics()).extracting(HeldTopic::topic).containsExactly("other");
        assertThat(store.held(BucketRange.ALL, "gone", 10)).isEmpty();
        assertThat(store.load(BucketRange.ALL).topics()).containsOnlyKeys("other");
        assertThat(store.load(BucketRange.ALL).keys()).as("parked aggregates").isEmpty();
        assertThat(store.load(BucketRange.ALL).discarded())
                .as("left out when they are read again")
                .containsExactlyInAnyOrder(1L, 3L);

        jdbc.sql("delete from outbox_event").update();
        assertThat(parked.removeDiscarded()).isEqualTo(2);
    }

    @Test
    void aDecidedEventMayHaveToWaitForItsTopic() {
        write("A", "A");
        store.park(List.of(parking(1, "no"), waiting(2)));
        parked.release(A);

        store.hold(List.of(Parking.held(1, "gone")));

        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(2L);
        assertThat(store.held(BucketRange.ALL, "orders", 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L);
        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 2L));
    }

    @Test
    void whatIsRefusedWhenItsTopicIsBackIsParkedWithAllBehindIt() {
        write("A", "B", "A", "A");
        store.park(List.of(
                Parking.held(1, "gone"), Parking.held(2, "gone"), Parking.held(3, "gone"), Parking.held(4, "gone")));

        store.refused(new Refused(A, 3, "never"));

        assertThat(store.held(BucketRange.ALL, "orders", 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L, 2L);
        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 3L));
        assertThat(parked.events(A, 10)).extracting(ParkedEvent::reason).containsExactly("never", null);
    }

    @Test
    void allThatIsParkedIsReleasedAtOnce() {
        write("A", "B", "B");
        store.park(List.of(parking(1, "no"), parking(2, "no"), waiting(3)));

        assertThat(parked.releaseAll()).isEqualTo(3);
        assertThat(parked.releaseAll()).isZero();
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void aReleaseIsKnownByItsNumberUntilNothingOfItIsParked() {
        write("A", "A", "B");
        store.park(List.of(parking(1, "no"), waiting(2), parking(3, "no")));

        assertThat(parked.release(ParkedSelection.all(), 7L)).isEqualTo(3);
        assertThat(parked.releases(7L)).containsExactly(new ParkedRelease(7, 3, 0, false));

        store.published(List.of(1L));
        store.refused(new Refused(B, 3, "never"));
        assertThat(parked.releases(null)).containsExactly(new ParkedRelease(7, 1, 1, false));

        store.published(List.of(2L));
        parked.release(ParkedSelection.all(), 8L);
        assertThat(parked.releases(null)).containsExactly(new ParkedRelease(8, 1, 0, false));
        assertThat(parked.releases(7L)).isEmpty();
    }

    @Test
    void nothingOfAnAggregateIsReleasedAnyMoreOnceItsReleaseIsToStop() {
        write("A", "A", "B", "A");
        store.park(List.of(parking(1, "no"), waiting(2), parking(3, "no")));
        parked.release(ParkedSelection.all().ofKey("A"), 7L);
        parked.release(ParkedSelection.all().ofKey("B"), 8L);

        assertThat(parked.stop(7)).isEqualTo(2);
        assertThat(parked.stop(7)).as("once more").isZero();
        assertThat(parked.releases(7L)).containsExactly(new ParkedRelease(7, 2, 0, true));
        store.park(List.of(waiting(4)));
        store.decide(List.of(A));
        assertThat(store.released(BucketRange.ALL, 10))
                .as("not what came behind either")
                .extracting(OutboxRow::seq)
                .containsExactly(3L);
        assertThat(parked.release(A)).as("it is still pending").isZero();

        store.takeBack(new BucketRange(B.bucket(), B.bucket()));
        assertThat(store.load(BucketRange.ALL).decided()).containsExactlyInAnyOrder(A, B);
        store.takeBack(BucketRange.ALL);

        assertThat(store.load(BucketRange.ALL).decided()).containsExactly(B);
        assertThat(store.load(BucketRange.ALL).keys()).isEqualTo(Map.of(A, 1L, B, 3L));
        assertThat(parked.releases(7L)).containsExactly(new ParkedRelease(7, 0, 2, false));
        assertThat(parked.release(A)).isEqualTo(3);
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatIsRefusedOrHeldIsNotToBeStoppedAnyMore() {
        write("A", "B");
        store.park(List.of(parking(1, "no"), parking(2, "no")));
        parked.release(ParkedSelection.all(), 7L);
        parked.stop(7);

        store.refused(new Refused(A, 1, "never"));
        store.hold(List.of(Parking.held(2, "gone")));

        assertThat(parked.releases(7L)).containsExactly(new ParkedRelease(7, 0, 2, false));
        parked.release(A);
        assertThat(store.released(BucketRange.ALL, 10))
                .extracting(OutboxRow::seq)
                .containsExactly(1L);
    }

    private UUID event(long seq) {
        return jdbc.sql("select id from outbox_event where seq = :seq")
                .param("seq", seq)
                .query((row, rowNumber) -> UUID.fromString(row.getString("id")))
                .single();
    }

    private void write(String... aggregateIds) {
        Arrays.stream(aggregateIds).map(id -> TestEvents.event("orders", id)).forEach(this::write);
    }

    private void write(EventEnvelope event) {
        OutboxWriter.on(product, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                .append(List.of(event));
    }

    private static Parking parking(long seq, String reason) {
        return new Parking(seq, reason, false);
    }

    private static Parking waiting(long seq) {
        return new Parking(seq, null, false);
    }
}

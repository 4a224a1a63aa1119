package dev.outbox.relay.internal.parking;

import static dev.outbox.relay.internal.lane.PassResult.Next.AWAIT_ACKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.broker.UnavailableTopicException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.lane.FakeLog;
import dev.outbox.relay.internal.lane.FakePublisher;
import dev.outbox.relay.internal.lane.InFlight;
import dev.outbox.relay.internal.lane.LaneLease;
import dev.outbox.relay.internal.lane.LaneReader;
import dev.outbox.relay.internal.lane.LaneRelay;
import dev.outbox.relay.internal.lane.LaneSender;
import dev.outbox.relay.internal.lane.PassResult;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lease.InMemoryLaneStore;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events that are refused, by their policies; what is parked, and how it comes back. */
class LaneParkingTests {

    private static final AggregateRef A = new AggregateRef("Order", "A");
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(300);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
    private static final int PAGE = 4;

    private final ManualTicker ticker = new ManualTicker();
    private final FakeLog log = new FakeLog();
    private final InMemoryLaneStore lanes = new InMemoryLaneStore(ticker::nanos);
    private final InMemoryParkingStore parked = new InMemoryParkingStore(log::row);
    private final FakePublisher publisher = new FakePublisher();
    private RefusalPolicy policy = RefusalPolicy.PARK_KEY;
    private final LaneRelay relay = relay("one", publisher);

    @Test
    void parksARefusedEventAndAllLaterOnesOfItsAggregate() {
        log.append("A", "B", "A", "B", "A", "B");
        publisher.markUnpublishable(3);

        relay.runOnce();
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);

        assertThat(publisher.sent()).containsExactly(1L, 2L, 4L, 6L);
        assertThat(parked.seqs()).containsExactly(3L, 5L);
        assertThat(savedEvents()).isEqualTo(6);
    }

    @Test
    void parksNothingBeforeThePositionPasses() {
        log.append("A", "B");
        publisher.markUnpublishable(1);

        relay.runOnce();
        pass(SAVE_INTERVAL);
        assertThat(parked.seqs()).as("B is in flight").isEmpty();
        assertThat(savedEvents()).isZero();

        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        assertThat(parked.seqs()).containsExactly(1L);
        assertThat(savedEvents()).isEqualTo(2);
    }

    @Test
    void movesOnWhenAPageIsParkedAsAWhole() {
        log.append("A", "A");
        publisher.markUnpublishable(1);

        relay.runOnce();
        pass(SAVE_INTERVAL);

        assertThat(parked.seqs()).containsExactly(1L, 2L);
        assertThat(savedEvents()).isEqualTo(2);
    }

    @Test
    void parksWhatTheBrokerRefusesAfterItWasSent() {
        log.append("B", "A", "A", "B");
        relay.runOnce();
        publisher.acknowledge(1);
        publisher.refuseNext();

        assertThat(relay.runOnce()).as("no pause").isInstanceOf(Relayed.class);
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);

        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L, 4L, 1L, 4L);
        assertThat(parked.seqs()).containsExactly(2L, 3L);
        assertThat(relay.status().failure()).isNull();
    }

    @Test
    void parksNothingBecauseTheBrokerIsDown() {
        log.append("A");
        relay.runOnce();
        publisher.failNext();

        assertThat(relay.runOnce()).isInstanceOf(Failed.class);
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).containsExactly(1L, 1L);
    }

    @Test
    void waitsUnderThePolicyToStop() {
        policy = RefusalPolicy.STOP;
        log.append("A", "B");
        publisher.markUnpublishable(1);
        assertThat(relay.runOnce()).isInstanceOf(Failed.class);
        assertThat(publisher.sent()).isEmpty();

        publisher.publishable();
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).containsExactly(1L, 2L);
    }

    @Test
    void triesAgainUnderThePolicyToStopAlsoWhatWasRefusedAfterItWasSent() {
        policy = RefusalPolicy.STOP;
        log.append("A");
        relay.runOnce();
        publisher.refuseNext();

        assertThat(relay.runOnce()).isInstanceOf(Failed.class);
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).containsExactly(1L, 1L);
    }

    @Test
    void goesOnUnderThePolicyToSkipAndNotesIt() {
        policy = RefusalPolicy.SKIP;
        log.append("A", "A");
        publisher.markUnpublishable(1);
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);

        assertThat(publisher.sent()).containsExactly(2L);
        assertThat(parked.discarded()).containsExactly(1L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void aNewOwnerKnowsWhatIsParked() {
        parkFirstOfA();
        lanes.expire(Lane.ONLY);
        FakePublisher successors = new FakePublisher();
        log.append("A", "B");

        relay("two", successors).runOnce();

        assertThat(successors.sent()).containsExactly(3L);
    }

    @Test
    void handsOverWhatItHasPutAside() {
        log.append("A", "B");
        publisher.markUnpublishable(1);
        relay.runOnce();
        publisher.acknowledgeAll();
        relay.stop(Duration.ofSeconds(1));
        relay.runOnce();

        assertThat(parked.seqs()).containsExactly(1L);
        assertThat(savedEvents()).isEqualTo(2);
    }

    @Test
    void releasesInOrderBeforeAnyLaterEvent() {
        parkFirstOfA();
        log.append("A", "B", "A", "A", "A", "A");
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledgeAll();
        publisher.sent().clear();
        publisher.publishable();
        parked.release(A);
        log.append("A");

        for (int i = 0; i < 10; i++) {
            pass(LOOK_INTERVAL);
            publisher.acknowledgeAll();
        }

        assertThat(publisher.sent()).containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void readsNothingWhileAReleaseIsOnItsWay() {
        parkFirstOfA();
        publisher.publishable();
        parked.release(A);
        pass(LOOK_INTERVAL);
        log.append("A", "B");

        assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 0, AWAIT_ACKS));
        assertThat(publisher.sent()).containsExactly(1L);
    }

    @Test
    void doesNotFinishAReleaseWhileLaterEventsOfTheAggregateAreOnTheirWayAside() {
        parkFirstOfA();
        publisher.publishable();
        log.append("B", "A");
        relay.runOnce();
        parked.release(A);
        log.append("A");

        pass(LOOK_INTERVAL);
        assertThat(relay.runOnce()).as("nothing is read").isEqualTo(new Relayed(0, 0, AWAIT_ACKS));
        assertThat(publisher.sent()).containsExactly(2L, 1L);

        for (int i = 0; i < 10; i++) {
            publisher.acknowledgeAll();
            relay.runOnce();
        }
        assertThat(publisher.sent()).containsExactly(2L, 1L, 3L, 4L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void theLaneGoesOnWhileManyAreReleased() {
        log.append("A", "B", "C", "D", "E", "F", "G", "H", "I");
        for (long seq = 1; seq <= 9; seq++) {
            publisher.markUnpublishable(seq);
        }
        for (int i = 0; i < 4; i++) {
            relay.runOnce();
        }
        pass(SAVE_INTERVAL);
        assertThat(parked.seqs()).hasSize(9);
        publisher.publishable();
        List.of("A", "B", "C", "D", "E", "F", "G", "H", "I")
                .forEach(id -> parked.release(new AggregateRef("Order", id)));
        log.append("other", "A");

        pass(LOOK_INTERVAL);
        relay.runOnce();
        assertThat(publisher.sent()).as("between two pages of the release").containsExactly(1L, 2L, 3L, 4L, 10L);

        for (int i = 0; i < 20; i++) {
            publisher.acknowledgeAll();
            pass(SAVE_INTERVAL);
        }
        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L, 4L, 10L, 5L, 6L, 7L, 8L, 9L, 11L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void sendsAReleaseAgainThatWasNotSaved() {
        parkFirstOfA();
        publisher.publishable();
        parked.release(A);
        pass(LOOK_INTERVAL);
        publisher.acknowledgeAll();
        lanes.expire(Lane.ONLY);
        FakePublisher successors = new FakePublisher();

        relay("two", successors).runOnce();

        assertThat(successors.sent()).containsExactly(1L);
    }

    @Test
    void keepsParkedWhatIsRefusedOnceMoreAndAllBehindIt() {
        parkFirstOfA();
        log.append("A", "A");
        relay.runOnce();
        pass(SAVE_INTERVAL);
        publisher.publishable();
        publisher.markUnpublishable(2);
        parked.release(A);

        for (int i = 0; i < 5; i++) {
            pass(LOOK_INTERVAL);
            publisher.acknowledgeAll();
        }

        assertThat(publisher.sent()).containsExactly(1L);
        assertThat(parked.seqs()).containsExactly(2L, 3L);

        publisher.publishable();
        parked.release(A);
        for (int i = 0; i < 5; i++) {
            pass(LOOK_INTERVAL);
            publisher.acknowledgeAll();
        }
        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void keepsParkedWhatTheBrokerRefusesAfterItWasReleased() {
        parkFirstOfA();
        publisher.publishable();
        parked.release(A);
        pass(LOOK_INTERVAL);
        publisher.refuseNext();
        for (int i = 0; i < 5; i++) {
            pass(LOOK_INTERVAL);
        }
        assertThat(parked.seqs()).containsExactly(1L);

        parked.release(A);
        publisher.sent().clear();
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).as("tried again when asked again").containsExactly(1L);
    }

    @Test
    void aDiscardedAggregateFlowsAgain() {
        parkFirstOfA();
        parked.discard(1);
        parked.release(A);
        log.append("A");

        for (int i = 0; i < 3; i++) {
            pass(LOOK_INTERVAL);
        }

        assertThat(publisher.sent()).containsExactly(2L);
    }

    @Test
    void whatWasDiscardedIsNotPublishedByALaneThatBeginsEarlier() {
        log.append("A", "A");
        parked.park(List.of(new Parking(1, "no", true)));

        relay.runOnce();

        assertThat(publisher.sent()).containsExactly(2L);
    }

    @Test
    void aLaneThatBeginsEarlierParksNothingThatWasPublishedBeforeTheRefusedEvent() {
        log.append("A", "A", "A");
        parked.park(List.of(new Parking(2, "no", false)));

        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);

        assertThat(publisher.sent()).as("again").containsExactly(1L);
        assertThat(parked.seqs()).containsExactly(2L, 3L);
    }

    @Test
    void aLaneThatBeginsEarlierParksNothingThatWasReleasedBeforeTheRefusedEvent() {
        log.append("A", "A");
        parked.park(List.of(new Parking(1, "no", false), new Parking(2, null, false)));
        publisher.markUnpublishable(2);
        parked.release(A);

        for (int i = 0; i < 5; i++) {
            pass(LOOK_INTERVAL);
            publisher.acknowledgeAll();
        }

        assertThat(publisher.sent()).as("released, and again").containsExactly(1L, 1L);
        assertThat(parked.seqs()).containsExactly(2L);
    }

    @Test
    void whatAStoppedReleaseHasNotSentStaysParkedBeforeAnyLaterEvent() {
        parkFirstOfA();
        log.append("A", "A", "A", "A", "A");
        relay.runOnce();
        relay.runOnce();
        publisher.publishable();
        parked.release(A);
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).as("a page of the release").containsExactly(1L, 2L, 3L, 4L);
        parked.stop(A);
        log.append("A", "B");

        for (int i = 0; i < 10; i++) {
            publisher.acknowledgeAll();
            pass(SAVE_INTERVAL);
        }

        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L, 4L, 8L);
        assertThat(parked.seqs()).containsExactly(5L, 6L, 7L);

        parked.release(A);
        for (int i = 0; i < 10; i++) {
            pass(LOOK_INTERVAL);
            publisher.acknowledgeAll();
        }
        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L, 4L, 8L, 5L, 6L, 7L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void whatIsRefusedInAPageThatHasToWaitIsParkedWithItsReasonLater() {
        log.append("A", "B");
        List<OutboxRow> page = List.of(log.row(1), log.row(2));
        LaneParking parking = parking();
        assertThatExceptionOfType(UnpublishableEventException.class)
                .isThrownBy(() -> parking.admit(page, rows -> {
                    policy = rows.contains(log.row(1)) ? RefusalPolicy.PARK_KEY : RefusalPolicy.STOP;
                    throw refusal(rows.get(0));
                }));
        policy = RefusalPolicy.PARK_KEY;

        Admitted admitted = parking.admit(page, rows -> {
            if (rows.contains(log.row(1))) {
                throw refusal(log.row(1));
            }
        });

        assertThat(admitted.aside().parked()).containsExactly(new Parking(1, "no", false));
    }

    @Test
    void nothingIsParkedBehindAnEventWhoseReleaseWasPutOff() {
        log.appendTo("A", "orders");
        log.appendTo("B", "orders");
        log.appendTo("A", "others");
        LaneParking parking = parking();
        parking.hold(new UnavailableTopicException("orders", "gone"));
        parked.park(List.of(Parking.held(1, "gone"), Parking.held(2, "gone")));

        Release release = parking.nextHeld("orders", PAGE, rows -> {
            if (rows.contains(log.row(1))) {
                throw refusal(log.row(1));
            }
            if (!rows.isEmpty()) {
                throw new UnavailableTopicException("orders", "gone again");
            }
        });

        assertThat(release.isNothing()).isTrue();
        assertThat(parking.admit(List.of(log.row(3)), rows -> {}).rows())
                .as("nothing of A is parked in the table")
                .containsExactly(log.row(3));
    }

    private static UnpublishableEventException refusal(OutboxRow row) {
        return new UnpublishableEventException(row, "no", null);
    }

    private LaneParking parking() {
        return new LaneParking(parked, BucketRange.ALL, type -> policy, ticker);
    }

    /** Event 1, of A, is parked, and the position is behind it. */
    private void parkFirstOfA() {
        log.append("A");
        publisher.markUnpublishable(1);
        relay.runOnce();
        pass(SAVE_INTERVAL);
        assertThat(parked.seqs()).containsExactly(1L);
    }

    private PassResult pass(Duration later) {
        ticker.advance(later);
        return relay.runOnce();
    }

    private long savedEvents() {
        return FakeLog.done(lanes.position(Lane.ONLY));
    }

    private LaneRelay relay(String owner, FakePublisher broker) {
        ReadBudget budget = new ReadBudget(PAGE, 1_000_000);
        return new LaneRelay(
                new LaneLease(lanes, Lane.ONLY, owner, TTL, SAVE_INTERVAL, ticker),
                new LaneReader(log, BucketRange.ALL, budget),
                new InFlight(budget, 4, () -> {}),
                new LaneSender(broker, parking()),
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), new Random(1)),
                ticker);
    }
}

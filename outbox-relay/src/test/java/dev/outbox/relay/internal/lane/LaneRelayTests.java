package dev.outbox.relay.internal.lane;

import static dev.outbox.relay.internal.lane.PassResult.Next.AWAIT_ACKS;
import static dev.outbox.relay.internal.lane.PassResult.Next.POLL;
import static dev.outbox.relay.internal.lane.PassResult.Next.READ_ON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.TestEvents;
import dev.outbox.relay.broker.PublishingFailedException;
import dev.outbox.relay.broker.UnpublishableEventException;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.lease.InMemoryLaneStore;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.LaneLoss;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.internal.pace.Ticker;
import dev.outbox.relay.internal.parking.InMemoryParkingStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LaneRelayTests {

    private static final Lane LANE = Lane.ONLY;
    private static final int PAGE = 10;
    private static final int PAGES_IN_FLIGHT = 2;
    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(300);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(1);

    private final ManualTicker ticker = new ManualTicker();
    private final FakeLog log = new FakeLog();
    private final InMemoryLaneStore lanes = new InMemoryLaneStore(ticker::nanos);
    private final FakePublisher publisher = new FakePublisher();
    private final LaneRelay relay = relay("one", ticker, publisher);

    @Test
    void publishesInOrderPageByPage() {
        log.append(25);

        assertThat(relay.runOnce()).isEqualTo(new Relayed(10, 0, READ_ON));
        assertThat(relay.runOnce()).isEqualTo(new Relayed(10, 0, READ_ON));
        publisher.acknowledge(10);
        assertThat(relay.runOnce()).isEqualTo(new Relayed(5, 10, POLL));

        assertThat(publisher.sent()).isEqualTo(range(1, 25));
    }

    @Test
    void tellsHowOldTheOldestEventIsUntilItIsPublished() {
        relay.runOnce();
        assertThat(relay.status().oldestRaisedAt()).isNull();
        log.append(1);
        relay.runOnce();
        assertThat(relay.status().oldestRaisedAt()).as("in flight").isEqualTo(TestEvents.TIME);

        publisher.failNext();
        relay.runOnce();
        assertThat(relay.status().inFlight()).isZero();
        assertThat(relay.status().oldestRaisedAt()).as("dropped").isEqualTo(TestEvents.TIME);

        pass(LONGEST_BACKOFF);
        publisher.acknowledgeAll();
        relay.runOnce();
        assertThat(relay.status().oldestRaisedAt()).as("published").isNull();
    }

    @Test
    void readsNoFurtherThanMayBeInFlight() {
        log.append(100);
        relay.runOnce();
        relay.runOnce();

        assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 0, AWAIT_ACKS));
        assertThat(publisher.sent()).hasSize(PAGE * PAGES_IN_FLIGHT);
    }

    @Test
    void savesThePositionOfAPageOnlyOnceAllOfItIsAcknowledged() {
        log.append(15);
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledge(9);
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isZero();

        publisher.acknowledge(1);
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isEqualTo(10);

        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isEqualTo(15);
    }

    @Test
    void aSaveThatTheServerCarriesOutLateCostsRepetitionsAlone() {
        log.append(20);
        Position early = log.read(new LaneEpoch(BucketRange.ALL, 1), Position.START, new ReadBudget(PAGE, 1_000_000))
                .end();
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isEqualTo(20);

        lanes.renew(new Lease(LANE, "one", relay.status().epoch(), TTL, Position.START), early);
        assertThat(savedEvents()).as("the same epoch does not keep it back").isEqualTo(10);
        ManualTicker later = new ManualTicker();
        FakePublisher repeats = new FakePublisher();
        lanes.expire(LANE);
        relay("two", later, repeats).runOnce();
        assertThat(repeats.sent()).as("if the relay dies now").isEqualTo(range(11, 20));
    }

    @Test
    void aSaveThatTheServerCarriesOutLateIsMadeGoodByTheNext() {
        log.append(20);
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        lanes.renew(new Lease(LANE, "one", relay.status().epoch(), TTL, Position.START), Position.START);

        pass(TTL.dividedBy(2));

        assertThat(savedEvents()).isEqualTo(20);
        assertThat(publisher.sent()).as("nothing is repeated").hasSize(20);
    }

    @Test
    void doesNotLetALaterPageOvertakeAnEarlierOne() {
        log.append(20);
        relay.runOnce();
        Runnable first = publisher.lateAcks();
        publisher.reset();
        relay.runOnce();

        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isZero();

        first.run();
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isEqualTo(20);
    }

    @Test
    void savesNoMoreOftenThanAsked() {
        log.append(1);
        relay.runOnce();
        for (int i = 0; i < 10; i++) {
            log.append(1);
            publisher.acknowledgeAll();
            pass(SAVE_INTERVAL.dividedBy(10));
        }

        assertThat(lanes.saves()).isEqualTo(1);
    }

    @Test
    void renewsAnIdleLeaseThreeTimesInItsLife() {
        relay.runOnce();
        for (int i = 0; i < 100; i++) {
            pass(TTL.dividedBy(100));
        }

        assertThat(lanes.saves()).isEqualTo(2);
        pass(TTL.dividedBy(3));
        assertThat(lanes.saves()).isEqualTo(3);
    }

    @Test
    void sendsNothingAfterAFailureUntilThePauseIsOver() {
        log.append(30);
        relay.runOnce();
        int resets = publisher.resets();
        publisher.failNext();

        assertThat(((Failed) relay.runOnce()).cause()).isInstanceOf(PublishingFailedException.class);
        assertThat(publisher.resets()).isGreaterThan(resets);
        assertThat(relay.runOnce()).isInstanceOf(Failed.class);
        assertThat(publisher.sent()).isEqualTo(range(1, 10));
    }

    @Test
    void stopsWithinAPageWhenAnEventFails() {
        log.append(10);
        publisher.whileSending(() -> {
            if (publisher.sent().size() == 3) {
                publisher.failNext();
            }
        });

        relay.runOnce();

        assertThat(publisher.sent()).isEqualTo(range(1, 3));
    }

    @Test
    void startsAgainFromTheAcknowledgedPositionOnceThatIsDurable() {
        log.append(25);
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledge(12);
        publisher.failNext();
        relay.runOnce();
        publisher.sent().clear();

        pass(LONGEST_BACKOFF);

        assertThat(savedEvents()).isEqualTo(10);
        assertThat(publisher.sent()).isEqualTo(range(11, 20));
    }

    @Test
    void doesNotStartAgainWhileThePositionCannotBeMadeDurable() {
        log.append(25);
        relay.runOnce();
        relay.runOnce();
        publisher.acknowledge(10);
        publisher.failNext();
        relay.runOnce();
        publisher.sent().clear();
        // Long enough for the first pause, not for the lease to be due by itself.
        lanes.failWith(new IllegalStateException("away"));

        assertThat(pass(FIRST_BACKOFF)).isInstanceOf(Failed.class);
        assertThat(publisher.sent()).isEmpty();

        lanes.failWith(null);
        pass(LONGEST_BACKOFF);
        assertThat(savedEvents()).isEqualTo(10);
        assertThat(publisher.sent()).isEqualTo(range(11, 20));
    }

    @Test
    void doesNotHearAcksOfWhatItHasDropped() {
        log.append(10);
        relay.runOnce();
        publisher.acknowledge(1);
        Runnable late = publisher.lateAcks();
        publisher.failNext();
        relay.runOnce();
        late.run();

        pass(LONGEST_BACKOFF);
        pass(SAVE_INTERVAL);

        assertThat(savedEvents()).isZero();
    }

    @Test
    void doesNotHearFailuresOfWhatItHasDropped() {
        log.append(10);
        relay.runOnce();
        Runnable late = publisher.lateFailures();
        publisher.failNext();
        relay.runOnce();
        pass(LONGEST_BACKOFF);
        late.run();

        publisher.acknowledge(10);

        assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 10, POLL));
    }

    @Test
    void pausesLongerAfterEachFailureUntilItMoves() {
        log.append(1);
        Duration first = failOnce();
        Duration second = failOnce();
        Duration third = failOnce();
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);

        pass(LONGEST_BACKOFF);
        publisher.acknowledgeAll();
        relay.runOnce();

        log.append(1);
        assertThat(failOnce()).isLessThan(second);
    }

    @Test
    void holdsBackTheWholePageOfAnUnpublishableEvent() {
        log.append(15);
        publisher.markUnpublishable(13);
        relay.runOnce();

        assertThat(relay.runOnce())
                .isInstanceOfSatisfying(
                        Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(UnpublishableEventException.class));
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        assertThat(savedEvents()).isEqualTo(10);

        publisher.publishable();
        pass(LONGEST_BACKOFF);
        assertThat(publisher.sent()).isEqualTo(range(1, 15));
    }

    @Test
    void keepsWhatIsInFlightWhileTheDatabaseIsAway() {
        log.append(10);
        relay.runOnce();
        log.failWith(new IllegalStateException("away"));

        assertThat(relay.runOnce()).isInstanceOf(Failed.class);
        publisher.acknowledgeAll();
        log.failWith(null);
        pass(LONGEST_BACKOFF);

        assertThat(savedEvents()).isEqualTo(10);
        assertThat(publisher.sent()).isEqualTo(range(1, 10));
        assertThat(relay.status().failure()).isNull();
    }

    @Test
    void standsByWhileAnotherOwnsTheLane() {
        relay("other", ticker, new FakePublisher()).runOnce();
        log.append(1);

        assertThat(relay.runOnce()).isEqualTo(new Standby());
        assertThat(publisher.sent()).isEmpty();
    }

    @Test
    void stopsAtOnceWhenItLearnsThatTheLaneIsLost() {
        log.append(30);
        relay.runOnce();
        lanes.expire(LANE);
        relay("other", ticker, new FakePublisher()).runOnce();

        publisher.acknowledgeAll();
        assertThat(pass(SAVE_INTERVAL)).isEqualTo(new Standby());

        assertThat(savedEvents()).isZero();
        assertThat(publisher.sent()).isEqualTo(range(1, 10));
    }

    @Test
    void stopsAtOnceWhenAReadFindsTheLaneLost() {
        log.append(15);
        relay.runOnce();
        lanes.expire(LANE);
        LaneRelay other = relay("other", ticker, new FakePublisher());
        other.runOnce();
        log.acquiredUnder(other.status().epoch());
        int resets = publisher.resets();

        assertThat(relay.runOnce()).as("before a save is due").isEqualTo(new Standby());

        assertThat(publisher.sent()).isEqualTo(range(1, 10));
        assertThat(publisher.resets()).isGreaterThan(resets);
        assertThat(relay.status().inFlight()).isZero();
        assertThat(relay.status().failure()).isNull();
    }

    @Test
    void sendsNothingMoreOnceTheLeaseCannotBeTrusted() {
        log.append(10);
        publisher.whileSending(() -> {
            if (publisher.sent().size() == 3) {
                ticker.advance(TTL);
            }
        });

        relay.runOnce();

        assertThat(publisher.sent()).isEqualTo(range(1, 3));
    }

    @Test
    void dropsWhatIsInFlightOnceTheLeaseCannotBeTrusted() {
        log.append(10);
        relay.runOnce();
        publisher.acknowledgeAll();
        ticker.advance(TTL);
        relay("other", ticker, new FakePublisher()).runOnce();
        int resets = publisher.resets();

        assertThat(relay.runOnce()).isEqualTo(new Standby());
        assertThat(savedEvents()).isZero();
        assertThat(publisher.resets()).isGreaterThan(resets);
    }

    @Test
    void aPausedOwnerCannotMoveThePositionOfItsSuccessor() {
        ManualTicker stopped = new ManualTicker();
        FakePublisher zombiesPublisher = new FakePublisher();
        LaneRelay zombie = relay("zombie", stopped, zombiesPublisher);
        log.append(30);
        zombie.runOnce();
        lanes.expire(LANE);
        relay.runOnce();
        publisher.acknowledgeAll();
        pass(SAVE_INTERVAL);
        Position successors = lanes.position(LANE);

        zombiesPublisher.acknowledgeAll();
        stopped.advance(SAVE_INTERVAL);

        assertThat(zombie.runOnce()).isEqualTo(new Standby());
        assertThat(lanes.position(LANE)).isEqualTo(successors);
    }

    @Test
    void drainsSavesAndHandsOverWhenItIsStopped() {
        log.append(15);
        relay.runOnce();
        relay.stop(Duration.ofSeconds(10));

        assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 0, AWAIT_ACKS));
        publisher.acknowledgeAll();
        assertThat(relay.runOnce()).isEqualTo(new Stopped(null));

        assertThat(publisher.sent()).isEqualTo(range(1, 10));
        assertThat(savedEvents()).isEqualTo(10);
        assertThat(lanes.acquire(LANE, "next", TTL)).isPresent();
    }

    @Test
    void saysThatTheLaneWasLostIfItCannotBeHandedOver() {
        relay.runOnce();
        lanes.expire(LANE);
        assertThat(lanes.acquire(LANE, "next", TTL)).isPresent();
        relay.stop(Duration.ofSeconds(10));

        assertThat(relay.runOnce()).isEqualTo(new Stopped(null));
        assertThat(relay.status().loss()).isEqualTo(LaneLoss.FENCED);
    }

    @Test
    void hasNotLostALaneThatItHandsOver() {
        relay.runOnce();
        relay.stop(Duration.ofSeconds(10));

        assertThat(relay.runOnce()).isEqualTo(new Stopped(null));
        assertThat(relay.status().loss()).isNull();
    }

    @Test
    void waitsForADrainNoLongerThanAsked() {
        log.append(15);
        relay.runOnce();
        relay.stop(Duration.ofSeconds(1));
        relay.runOnce();
        int resets = publisher.resets();

        assertThat(pass(Duration.ofSeconds(1))).isEqualTo(new Stopped(null));

        assertThat(publisher.resets()).isGreaterThan(resets);
        assertThat(savedEvents()).isZero();
        assertThat(lanes.acquire(LANE, "next", TTL)).isPresent();
    }

    @Test
    void beginsAnewAfterAStop() {
        log.append(1);
        relay.stop(Duration.ZERO);
        assertThat(relay.runOnce()).isEqualTo(new Stopped(null));

        relay.start();

        assertThat(relay.runOnce()).isEqualTo(new Relayed(1, 0, POLL));
    }

    @Test
    void keepsLookingForEventsWhileItWaits() {
        log.append(1);
        relay.runOnce();
        for (int i = 0; i < 100; i++) {
            assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 0, POLL));
        }

        publisher.acknowledgeAll();
        assertThat(relay.runOnce()).isEqualTo(new Relayed(0, 1, POLL));
        assertThat(relay.status().waitingSince()).isNull();
    }

    private Duration failOnce() {
        pass(LONGEST_BACKOFF);
        publisher.failNext();
        return ((Failed) relay.runOnce()).retryAfter();
    }

    private PassResult pass(Duration later) {
        ticker.advance(later);
        return relay.runOnce();
    }

    private long savedEvents() {
        return FakeLog.done(lanes.position(LANE));
    }

    private LaneRelay relay(String owner, Ticker time, FakePublisher broker) {
        ReadBudget budget = new ReadBudget(PAGE, 1_000_000);
        return new LaneRelay(
                new LaneLease(lanes, LANE, owner, TTL, SAVE_INTERVAL, time),
                new LaneReader(log, BucketRange.ALL, budget),
                new InFlight(budget, PAGES_IN_FLIGHT, () -> {}),
                InMemoryParkingStore.stopping(broker),
                new Backoff(FIRST_BACKOFF, LONGEST_BACKOFF, new Random(1)),
                time);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}

package dev.outbox.relay.internal.lane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.event.AggregateRef;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lease.InMemoryLaneStore;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.internal.parking.InMemoryParkingStore;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.parking.RefusalPolicy;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Topics that cannot be written to: what is kept, what goes on, and how it comes back. */
class LaneHoldingTests {

    private static final String GONE = "gone";
    private static final String THERE = "there";
    private static final AggregateRef A = new AggregateRef("Order", "A");
    private static final Duration SAVE_INTERVAL = Duration.ofMillis(300);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(2);
    private static final Duration UNANSWERED = Duration.ofSeconds(3);

    /** No pause of a test is so long that the lease ends, which would drop what is in flight, too. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final ManualTicker ticker = new ManualTicker();
    private final FakeLog log = new FakeLog();
    private final InMemoryLaneStore lanes = new InMemoryLaneStore(ticker::nanos);
    private final InMemoryParkingStore parked = new InMemoryParkingStore(log::row);
    private final FakePublisher publisher = new FakePublisher();
    private RefusalPolicy policy = RefusalPolicy.PARK_KEY;
    private final LaneRelay relay = relay("one", publisher);

    @ParameterizedTest
    @EnumSource
    void holdsTheTopicAndNothingElseWhateverThePolicy(RefusalPolicy any) {
        policy = any;
        publisher.remove(GONE);
        log.appendTo("A", GONE, THERE, GONE);
        log.appendTo("B", THERE, GONE);
        settle();

        assertThat(publisher.sent()).containsExactly(2L, 4L);
        assertThat(parked.held()).containsExactly(1L, 3L, 5L);
        assertThat(parked.load(BucketRange.ALL).keys()).as("parked aggregates").isEmpty();
        assertThat(relay.status().held()).containsEntry(GONE, "it is missing");
        assertThat(relay.status().failure()).isNull();
    }

    @Test
    void publishesInOrderWhatWaitedAsSoonAsTheTopicIsBack() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, THERE, GONE, GONE, GONE, GONE, GONE);
        settle();
        log.appendTo("A", GONE, THERE);
        publisher.make(GONE);
        settle();
        log.appendTo("A", GONE);
        settle();

        assertThat(publisher.sent()).startsWith(2L);
        assertThat(publisher.sent().stream().filter(seq -> seq != 2 && seq != 9))
                .containsExactly(1L, 3L, 4L, 5L, 6L, 7L, 8L, 10L);
        assertThat(parked.held()).isEmpty();
        assertThat(relay.status().held()).isEmpty();
    }

    @Test
    void whatIsReadWhileATopicIsReleasedWaitsBehindWhatWaitedBefore() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, GONE, GONE, GONE, GONE, GONE);
        settle();
        publisher.make(GONE);
        pass(LOOK_INTERVAL);
        assertThat(publisher.sent()).as("a page of the release").containsExactly(1L, 2L, 3L, 4L);

        log.appendTo("A", GONE, THERE);
        pass(SAVE_INTERVAL);
        assertThat(publisher.sent()).as("read while that is on its way").containsExactly(1L, 2L, 3L, 4L, 8L);
        settle();
        assertThat(publisher.sent()).containsExactly(1L, 2L, 3L, 4L, 8L, 5L, 6L, 7L);
        assertThat(parked.held()).isEmpty();
    }

    @Test
    void aNewOwnerHoldsTheTopicToo() {
        publisher.remove(GONE);
        log.appendTo("A", GONE);
        settle();
        lanes.expire(Lane.ONLY);
        log.appendTo("A", GONE, THERE);
        FakePublisher successors = new FakePublisher();
        successors.remove(GONE);
        LaneRelay successor = relay("two", successors);
        successor.runOnce();
        assertThat(successors.sent()).containsExactly(3L);

        successors.make(GONE);
        for (int i = 0; i < 10; i++) {
            successors.acknowledgeAll();
            ticker.advance(SAVE_INTERVAL);
            successor.runOnce();
        }
        assertThat(successors.sent()).containsExactly(3L, 1L, 2L);
    }

    @Test
    void aTopicThatIsDeletedWhileInUseHoldsUpNoOther() {
        log.appendTo("A", GONE, THERE);
        relay.runOnce();
        publisher.remove(GONE);
        assertThat(pass(Duration.ofSeconds(1))).isInstanceOf(Relayed.class);
        int resets = publisher.resets();

        pass(UNANSWERED);
        settle();
        assertThat(publisher.resets()).isEqualTo(resets + 1);
        assertThat(publisher.sent()).containsExactly(1L, 2L, 2L);
        assertThat(parked.held()).containsExactly(1L);
    }

    @Test
    void aBrokerThatDoesNotAcknowledgeHoldsNoTopic() {
        log.appendTo("A", THERE);
        relay.runOnce();
        int resets = publisher.resets();
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(1));

        assertThat(relay.status().held()).isEmpty();
        assertThat(publisher.resets()).isEqualTo(resets);
    }

    @Test
    void aRightThatIsFoundMissingWhenAnEventWasSentHoldsTheTopic() {
        log.appendTo("A", GONE, THERE);
        relay.runOnce();
        publisher.failNextForItsTopic();
        publisher.remove(GONE);

        assertThat(relay.runOnce()).as("no pause").isInstanceOf(Relayed.class);
        settle();
        assertThat(publisher.sent()).containsExactly(1L, 2L, 2L);
        assertThat(parked.held()).containsExactly(1L);
    }

    @Test
    void aReleasedAggregateDoesNotOvertakeWhatWaitsForItsTopic() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, THERE);
        publisher.markUnpublishable(2);
        settle();
        log.appendTo("A", GONE);
        settle();
        assertThat(parked.held()).containsExactly(1L);
        assertThat(parked.seqs()).containsExactly(1L, 2L, 3L);

        publisher.publishable();
        parked.release(A);
        settle();
        assertThat(publisher.sent()).containsExactly(2L);
        assertThat(parked.held()).as("3 waits behind 1").containsExactly(1L, 3L);

        publisher.make(GONE);
        settle();
        assertThat(publisher.sent()).containsExactly(2L, 1L, 3L);
    }

    @Test
    void aReleasedAggregateWaitsForItsTopicAlsoIfThatIsBackByThen() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, THERE);
        publisher.markUnpublishable(2);
        settle();
        log.appendTo("A", GONE);
        settle();

        publisher.publishable();
        parked.release(A);
        publisher.make(GONE);
        settle();
        assertThat(publisher.sent()).containsExactly(2L, 1L, 3L);
        assertThat(parked.seqs()).isEmpty();
    }

    @Test
    void whatIsRefusedWhenItsTopicIsBackIsParkedWithAllBehindIt() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, GONE, GONE);
        log.appendTo("B", GONE);
        settle();
        publisher.markUnpublishable(2);
        publisher.make(GONE);
        settle();

        assertThat(publisher.sent()).containsExactly(1L, 4L);
        assertThat(parked.load(BucketRange.ALL).keys()).containsEntry(A, 2L);
        assertThat(relay.status().held()).isEmpty();
    }

    @Test
    void aTopicWhoseEventsAreGivenUpIsHeldNoMore() {
        publisher.remove(GONE);
        log.appendTo("A", GONE, THERE, GONE);
        settle();
        parked.discardHeld(GONE);
        settle();
        assertThat(relay.status().held()).as("in trouble no more").isEmpty();

        log.appendTo("A", GONE);
        settle();
        assertThat(relay.status().held()).as("there is a later event").containsKey(GONE);
        publisher.make(GONE);
        settle();
        assertThat(publisher.sent()).containsExactly(2L, 4L);
        assertThat(parked.discarded()).containsExactly(1L, 3L);
    }

    @Test
    void aTopicWhoseEventsAreGivenUpIsHeldUntilAllThatIsPutAsideForItIsInTheTable() {
        publisher.remove(GONE);
        log.appendTo("A", GONE);
        settle();
        log.appendTo("A", THERE, GONE);
        pass(SAVE_INTERVAL);
        parked.discardHeld(GONE);
        pass(LOOK_INTERVAL);
        publisher.make(GONE);
        log.appendTo("A", GONE);
        settle();

        assertThat(publisher.sent()).containsExactly(2L, 3L, 4L);
        assertThat(relay.status().held()).isEmpty();
    }

    private void settle() {
        for (int i = 0; i < 20; i++) {
            publisher.acknowledgeAll();
            pass(i % 5 == 0 ? LOOK_INTERVAL : SAVE_INTERVAL);
        }
    }

    private PassResult pass(Duration later) {
        ticker.advance(later);
        return relay.runOnce();
    }

    private LaneRelay relay(String owner, FakePublisher broker) {
        ReadBudget budget = new ReadBudget(4, 1_000_000);
        return new LaneRelay(
                new LaneLease(lanes, Lane.ONLY, owner, LEASE, SAVE_INTERVAL, ticker),
                new LaneReader(log, BucketRange.ALL, budget),
                new InFlight(budget, 4, () -> {}),
                new LaneSender(broker, new LaneParking(parked, BucketRange.ALL, type -> policy, ticker)),
                new Backoff(Duration.ofMillis(100), Duration.ofMillis(500), new Random(1)),
                ticker);
    }
}

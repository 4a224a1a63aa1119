package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lane.LaneStatus;
import dev.outbox.relay.internal.lane.PassResult;
import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Next;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneOverview;
import dev.outbox.relay.internal.lease.LaneOverview.Holding;
import dev.outbox.relay.internal.metrics.LaneWait;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.internal.parking.Waiting;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.retention.RetentionMonitor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;

@ExtendWith(OutputCaptureExtension.class)
class LaneMonitorTests {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(10);
    private static final PassResult MOVED = new Relayed(1, 1, Next.POLL);
    private static final LaneStatus OWNER =
            new LaneStatus(3, 0, null, null, 0L, null, Map.of(), Set.of("orders"), 0, Waiting.NOTHING, null);

    private final ManualTicker ticker = new ManualTicker();
    private final LaneMonitor monitor = new LaneMonitor(Lane.ONLY, STUCK_AFTER, ticker, new TickingClock(ticker));
    private final RelayMonitor relay = new RelayMonitor(STUCK_AFTER.plusMinutes(1), ticker);
    private final RetentionMonitor retention = new RetentionMonitor(new TickingClock(ticker));

    @BeforeEach
    void relayRuns() {
        relay.passed(lanes("here"));
    }

    @Test
    void isDownBeforeItRuns() {
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isUpAsOwner() {
        monitor.passed(MOVED, OWNER);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .containsEntry("role", "owner")
                .containsEntry("lane 0 of 1", Map.of("epoch", 3L, "inFlight", 0, "allReadAgo", "PT0S"));
    }

    @Test
    void isDownWhenItStandsByAndNobodyOwnsALane(CapturedOutput output) {
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);
        relay.passed(lanes("here", null));
        assertThat(health().getStatus()).as("lanes change hands").isEqualTo(Status.UP);

        ticker.advance(STUCK_AFTER.plusMinutes(2));
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);
        relay.passed(lanes("here", null));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("reason")).asString().contains("nobody has owned lane 1 of 2");
        assertThat(output).containsOnlyOnce("Events wait: nobody has owned lane 1 of 2");

        relay.passed(lanes("here"));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(output).contains("Each lane has an owner again");
    }

    @Test
    void showsALaneThatNobodyOwnsAtOnce() {
        monitor.passed(MOVED, OWNER);
        relay.passed(lanes("here", null));
        assertThat(health().getDetails()).containsEntry("unownedLanes", List.of("1 of 2"));

        relay.passed(lanes("here", "there"));
        assertThat(health().getDetails()).doesNotContainKey("unownedLanes");
    }

    @Test
    void showsWhatIsParkedAndIsUp() {
        monitor.passed(
                MOVED,
                new LaneStatus(
                        3,
                        0,
                        null,
                        null,
                        0L,
                        null,
                        Map.of(),
                        Set.of(),
                        0,
                        new Waiting(7, Duration.ofHours(2), Duration.ZERO),
                        null));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("parked", Map.of("events", 7L, "age", "PT2H"));
    }

    @Test
    void isUpWhenItStandsBy() {
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("role", "standby");
    }

    @Test
    void isUpWithoutALane() {
        RelayView view = new RelayView(relay, List::of, null, null);
        assertThat(new RelayHealthIndicator(view, Status.DOWN).health().getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void isDownWhenASlotCouldNotBeEmptiedForLong() {
        retention.passed(List.of(new SlotResult.Busy(2), new SlotResult.InUse(3)));
        moveOn(Duration.ofMinutes(1));
        assertThat(health().getStatus()).as("readers leave gaps, as a rule").isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsKey("slotsInUseSince");

        moveOn(Duration.ofHours(3));
        retention.passed(List.of(new SlotResult.Busy(2), new SlotResult.Empty(3)));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("reason"))
                .asString()
                .contains("published events stay in slot 2", "look for a transaction that stays open for a long time");
        retention.passed(List.of(new SlotResult.InUse(2)));
        assertThat(health().getStatus()).as("its time has passed").isEqualTo(Status.DOWN);

        retention.passed(List.of(new SlotResult.Truncated(2, 8192)));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).doesNotContainKey("slotsInUseSince");
    }

    @Test
    void isDownWhenPublishedEventsCouldNotBeRemovedForLong() {
        retention.failed();
        moveOn(Duration.ofHours(4));
        retention.failed();
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("reason")).asString().contains("each attempt to remove them has failed");

        retention.passed(List.of());
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    private void moveOn(Duration time) {
        ticker.advance(time);
        monitor.passed(MOVED, OWNER);
        relay.passed(lanes("here"));
    }

    @Test
    void isDownWhileTheRelayCannotShareTheLanes() {
        monitor.passed(MOVED, OWNER);
        relay.failed(new IllegalStateException("no database"));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("reason", "no database");

        relay.passed(lanes("here"));
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownOnceTheRelayIsStopped() {
        monitor.passed(MOVED, OWNER);
        relay.stopped();

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownWithTheReasonWhileTheLaneFails() {
        RuntimeException cause = new IllegalStateException("the reason");
        monitor.passed(
                new Failed(cause, Duration.ZERO),
                new LaneStatus(3, 0, null, null, null, cause, Map.of(), Set.of("orders"), 0, Waiting.NOTHING, null));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("reason", "the reason");

        monitor.passed(MOVED, OWNER);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhenKafkaStaysSilentForTooLong() {
        ticker.advance(STUCK_AFTER);
        monitor.passed(
                MOVED, new LaneStatus(3, 7, 0L, null, 0L, null, Map.of(), Set.of("orders"), 0, Waiting.NOTHING, null));
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        ticker.advance(Duration.ofMillis(1));
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails().get("reason")).asString().contains("7 events");
    }

    @Test
    void isDownWhenAPassDoesNotEnd() {
        monitor.passed(MOVED, OWNER);
        ticker.advance(STUCK_AFTER.plusMillis(1));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isDownOnceItIsStopped() {
        monitor.passed(MOVED, OWNER);
        monitor.passed(new Stopped(null), LaneStatus.NOT_RUNNING);

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void anOutageIsALineEachTimeItHasLastedTwiceAsLongWithTheAgeOfTheOldestEvent(CapturedOutput output) {
        Instant raisedAt = Instant.EPOCH.minusSeconds(5);
        for (int second = 0; second <= 100; second++) {
            monitor.passed(
                    MOVED,
                    new LaneStatus(3, 7, 0L, raisedAt, 0L, null, Map.of(), Set.of("orders"), 0, Waiting.NOTHING, null));
            ticker.advance(Duration.ofSeconds(1));
        }
        monitor.passed(MOVED, OWNER);
        monitor.passed(MOVED, OWNER);

        assertThat(output.getOut()
                        .lines()
                        .filter(line -> line.contains("LaneMonitor"))
                        .skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains("WARN", "publishes nothing, its oldest event is PT16S old"),
                        line -> assertThat(line).contains("WARN", "for PT21S, its oldest event is PT37S old"),
                        line -> assertThat(line).contains("WARN", "for PT41S, its oldest event is PT57S old"),
                        line -> assertThat(line).contains("WARN", "for PT1M21S, its oldest event is PT1M37S old"),
                        line -> assertThat(line).contains("INFO", "publishes again"));
    }

    @Test
    void aLaneThatWasLostIsNotSaidToPublishAgain(CapturedOutput output) {
        RuntimeException cause = new IllegalStateException("the reason");
        monitor.passed(
                new Failed(cause, Duration.ZERO),
                new LaneStatus(3, 0, null, null, null, cause, Map.of(), Set.of("orders"), 0, Waiting.NOTHING, null));
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);

        assertThat(output).contains("publishes nothing: the reason").doesNotContain("publishes again");
    }

    @Test
    void theOldestPendingEventIsAsOldAsTheOldestThatWasReadAndNotPublished() {
        Instant raisedAt = new TickingClock(ticker).instant();
        monitor.passed(MOVED, owner(7, 0L, raisedAt, 0L, null));
        ticker.advance(Duration.ofSeconds(5));
        assertThat(monitor.pending()).isEqualTo(7);
        assertThat(monitor.pendingAge()).isEqualTo(5);

        monitor.passed(MOVED, owner(0, null, null, ticker.nanos(), null));
        assertThat(monitor.pendingAge()).isZero();
    }

    @Test
    void anEventThatCannotBeReadIsAtMostAsOldAsTheLastCompleteRead() {
        long allRead = ticker.nanos();
        monitor.passed(MOVED, owner(0, null, null, allRead, null));
        ticker.advance(Duration.ofSeconds(5));
        RuntimeException away = new DataAccessResourceFailureException("no answer");
        monitor.passed(new Failed(away, Duration.ofSeconds(1)), owner(0, null, null, allRead, away));
        ticker.advance(Duration.ofSeconds(2));
        assertThat(monitor.pendingAge()).isEqualTo(7);
    }

    @Test
    void aPassThatDoesNotEndIsAReadThatFails() {
        monitor.passed(MOVED, owner(0, null, null, ticker.nanos(), null));
        ticker.advance(STUCK_AFTER.minusSeconds(1));
        assertThat(monitor.pendingAge()).isZero();
        ticker.advance(Duration.ofSeconds(2));
        assertThat(monitor.pendingAge()).isEqualTo(11);
    }

    @Test
    void aLaneThatHasNeverReadEverythingCountsFromItsAcquisition() {
        RuntimeException away = new DataAccessResourceFailureException("no answer");
        monitor.passed(new Failed(away, Duration.ofSeconds(1)), owner(0, null, null, null, away));
        ticker.advance(Duration.ofSeconds(3));
        monitor.passed(new Failed(away, Duration.ofSeconds(1)), owner(0, null, null, null, away));
        assertThat(monitor.pendingAge()).isEqualTo(3);
    }

    @Test
    void whatIsWaitedForIsToldFromTheFirstFailureOn() {
        RuntimeException away = new DataAccessResourceFailureException("no answer");
        monitor.passed(new Failed(away, Duration.ofSeconds(1)), owner(0, null, null, 0L, away));
        ticker.advance(Duration.ofSeconds(3));
        monitor.passed(new Failed(away, Duration.ofSeconds(1)), owner(0, null, null, 0L, away));
        ticker.advance(Duration.ofSeconds(1));
        assertThat(monitor.waiting(LaneWait.DATABASE)).isEqualTo(4);
        assertThat(monitor.waiting(LaneWait.BROKER)).isZero();

        monitor.passed(MOVED, owner(3, ticker.nanos(), null, 0L, null));
        ticker.advance(Duration.ofSeconds(2));
        assertThat(monitor.waiting(LaneWait.DATABASE)).isZero();
        assertThat(monitor.waiting(LaneWait.BROKER)).isEqualTo(2);
    }

    private static LaneStatus owner(
            int inFlight,
            @Nullable Long waitingSince,
            @Nullable Instant raisedAt,
            @Nullable Long caughtUpAt,
            @Nullable RuntimeException failure) {
        return new LaneStatus(
                3,
                inFlight,
                waitingSince,
                raisedAt,
                caughtUpAt,
                failure,
                Map.of(),
                Set.of("orders"),
                0,
                Waiting.NOTHING,
                null);
    }

    private Health health() {
        return new RelayHealthIndicator(view(), Status.DOWN).health();
    }

    private RelayView view() {
        return new RelayView(relay, () -> List.of(monitor), retention, null);
    }

    /** {@return what is seen of so many lanes} */
    private static LaneOverview lanes(@Nullable String... owners) {
        List<Holding> lanes = new ArrayList<>();
        for (@Nullable String owner : owners) {
            lanes.add(new Holding(new Lane(lanes.size(), owners.length), owner));
        }
        return new LaneOverview(owners.length, 1, 0, lanes);
    }

    /** Goes with a ticker, from the epoch on. */
    private static final class TickingClock extends Clock {

        private final ManualTicker ticker;

        TickingClock(ManualTicker ticker) {
            this.ticker = ticker;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(ticker.nanos());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

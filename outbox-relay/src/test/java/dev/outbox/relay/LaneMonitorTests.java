package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.PassResult.Failed;
import dev.outbox.relay.PassResult.Next;
import dev.outbox.relay.PassResult.Relayed;
import dev.outbox.relay.PassResult.Standby;
import dev.outbox.relay.PassResult.Stopped;
import dev.outbox.relay.lane.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LaneMonitorTests {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(10);
    private static final PassResult MOVED = new Relayed(1, 1, Next.POLL);
    private static final LaneStatus OWNER = new LaneStatus(3, 0, null, 0L, null);

    private final ManualTicker ticker = new ManualTicker();
    private final LaneMonitor monitor = new LaneMonitor(Lane.ONLY, STUCK_AFTER, ticker);
    private final RelayMonitor relay = new RelayMonitor(STUCK_AFTER.plusMinutes(1), ticker);

    @BeforeEach
    void relayRuns() {
        relay.passed();
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
    void isUpWhenItStandsBy() {
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("role", "standby");
    }

    @Test
    void isUpWithoutALane() {
        assertThat(new RelayHealthIndicator(relay, List::of).health().getStatus())
                .isEqualTo(Status.UP);
    }

    @Test
    void isDownWhileTheRelayCannotShareTheLanes() {
        monitor.passed(MOVED, OWNER);
        relay.failed(new IllegalStateException("no database"));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("reason", "no database");

        relay.passed();
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
        monitor.passed(new Failed(cause, Duration.ZERO), new LaneStatus(3, 0, null, null, cause));

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails()).containsEntry("reason", "the reason");

        monitor.passed(MOVED, OWNER);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void isDownWhenKafkaStaysSilentForTooLong() {
        ticker.advance(STUCK_AFTER);
        monitor.passed(MOVED, new LaneStatus(3, 7, 0L, 0L, null));
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

    private Health health() {
        return new RelayHealthIndicator(relay, () -> List.of(monitor)).health();
    }
}

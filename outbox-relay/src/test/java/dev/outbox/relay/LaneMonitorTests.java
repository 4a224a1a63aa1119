package dev.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.PassResult.Failed;
import dev.outbox.relay.PassResult.Next;
import dev.outbox.relay.PassResult.Relayed;
import dev.outbox.relay.PassResult.Standby;
import dev.outbox.relay.PassResult.Stopped;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class LaneMonitorTests {

    private static final Duration STUCK_AFTER = Duration.ofSeconds(10);
    private static final PassResult MOVED = new Relayed(1, 1, Next.POLL);
    private static final LaneStatus OWNER = new LaneStatus(3, 0, null, 0L, null);

    private final ManualTicker ticker = new ManualTicker();
    private final LaneMonitor monitor = new LaneMonitor(0, STUCK_AFTER, ticker);

    @Test
    void isDownBeforeItRuns() {
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void isUpAsOwner() {
        monitor.passed(MOVED, OWNER);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .containsEntry("lane", 0)
                .containsEntry("role", "owner")
                .containsEntry("epoch", 3L)
                .containsEntry("inFlight", 0)
                .containsEntry("allReadAgo", "PT0S");
    }

    @Test
    void isUpWhenItStandsBy() {
        monitor.passed(new Standby(), LaneStatus.NOT_RUNNING);

        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsEntry("role", "standby");
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
        return new RelayHealthIndicator(monitor).health();
    }
}

package dev.outbox.relay.internal.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RelayWaitTests {

    private static final Duration MIN = Duration.ofMillis(2);
    private static final Duration MAX = Duration.ofMillis(250);
    private static final Duration COALESCING = Duration.ofMillis(5);

    /** The relay's start counts as the first of eight reads. */
    private static final int AT_ONCE = 7;

    private final ManualTicker ticker = new ManualTicker();
    private final RelayWait wait = new RelayWait(
            new RelayProperties.Poll(MIN, MAX, COALESCING), ticker, nanos -> ticker.advance(Duration.ofNanos(nanos)));

    @Test
    void takesAFewHintsAtOnceThoughTheyFollowEachOtherClosely() {
        assertThat(restAfterHints(AT_ONCE)).containsOnly(Duration.ZERO);
    }

    @Test
    void gathersHintsThatGoOnFollowingEachOtherIntoOneReadAtATime() {
        restAfterHints(AT_ONCE);

        assertThat(restAfterHints(3)).containsOnly(COALESCING);
        assertThat(waited(() -> wait.forEvents(0))).as("the hint is spent").isEqualTo(MAX);
    }

    @Test
    void takesHintsAtOnceThatComeSlowerThanThePace() {
        restAfterHints(AT_ONCE);
        for (int i = 0; i < 20; i++) {
            ticker.advance(COALESCING);
            assertThat(restAfterHints(1)).containsOnly(Duration.ZERO);
        }
        assertThat(restAfterHints(1)).as("none was saved up").containsOnly(COALESCING);
    }

    @Test
    void restsLongerAfterLongReadsWhileEventsComeByTheThousandASecond() {
        restAfterHints(AT_ONCE);
        Duration read = Duration.ofMillis(2);
        assertThat(restAfter(read, 6)).isEqualTo(Duration.ofMillis(20));
        assertThat(restAfter(read, 21)).isEqualTo(Duration.ofMillis(20));
        assertThat(restAfter(Duration.ofMillis(30), 21)).as("at most").isEqualTo(Duration.ofMillis(100));
        assertThat(restAfter(read, 99)).as("fewer than a thousand").isEqualTo(COALESCING);
    }

    @Test
    void slowsDownWhilePollsFindNothing() {
        assertThat(waited(() -> wait.forEvents(1))).isEqualTo(MIN);
        assertThat(waited(() -> wait.forEvents(0))).isEqualTo(Duration.ofMillis(3));
        assertThat(waited(() -> wait.forEvents(0))).isEqualTo(Duration.ofNanos(4_500_000));
        for (int i = 0; i < 20; i++) {
            wait.forEvents(0);
        }
        assertThat(waited(() -> wait.forEvents(0))).isEqualTo(MAX);
    }

    @Test
    void doesNotPollFasterBecauseOfEventsThatAHintAnnounced() {
        wait.committed();
        wait.forEvents(0);

        assertThat(waited(() -> wait.forEvents(1))).isEqualTo(MAX);
        assertThat(waited(() -> wait.forEvents(1))).as("found by a poll").isEqualTo(MIN);
    }

    @Test
    void aHintOfAnotherProcessWakesToo() {
        ticker.advance(COALESCING);
        wait.committedElsewhere();

        assertThat(waited(() -> wait.forEvents(0))).isZero();
    }

    @Test
    void pollsFasterBecauseOfEventsOfAnotherProcessWhoseHintsComeLate() {
        wait.committedElsewhere();
        wait.forEvents(0);
        ticker.advance(COALESCING);

        assertThat(waited(() -> wait.forEvents(1))).isEqualTo(MIN);
    }

    @Test
    void anAckEndsTheWaitForAcksAndNoOther() {
        wait.settled();

        assertThat(waited(() -> wait.forEvents(0))).isEqualTo(MAX);
        assertThat(waited(wait::forAcks)).isZero();
        assertThat(waited(wait::forAcks)).isEqualTo(MAX);
    }

    @Test
    void aHintDoesNotCutAPauseShort() {
        wait.committed();

        assertThat(waited(() -> wait.pause(MIN))).isEqualTo(MIN);
        assertThat(waited(() -> wait.pause(MAX.multipliedBy(10))))
                .as("the lease wants to be renewed")
                .isEqualTo(MAX);
        assertThat(waited(wait::untilNextPoll)).isEqualTo(MAX);
    }

    @Test
    void aStopEndsAnyWaitOnce() {
        wait.stop();
        assertThat(waited(() -> wait.forEvents(0))).isZero();
        wait.stop();
        assertThat(waited(wait::forAcks)).isZero();
        wait.stop();
        assertThat(waited(() -> wait.pause(MAX))).isZero();
        assertThat(waited(wait::forAcks)).isEqualTo(MAX);
    }

    @Test
    @Timeout(120)
    void aHintWakesTheThreadThatWaits() throws InterruptedException {
        Duration ever = Duration.ofDays(1);
        RelayWait real = new RelayWait(new RelayProperties.Poll(ever, ever, Duration.ZERO));
        CountDownLatch started = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            started.countDown();
            real.forEvents(0);
        });
        waiting.start();
        started.await();

        real.committed();

        waiting.join();
    }

    /** {@return how long each of so many hints was not taken, that came at once after the last read} */
    private List<Duration> restAfterHints(int count) {
        return Stream.generate(() -> restAfter(Duration.ZERO, 0)).limit(count).toList();
    }

    /** {@return the time from one read to the next, while hints come all the time} */
    private Duration restAfter(Duration read, int found) {
        ticker.advance(read);
        wait.committed();
        return read.plus(waited(() -> wait.forEvents(found)));
    }

    private Duration waited(Runnable action) {
        long before = ticker.nanos();
        action.run();
        return Duration.ofNanos(ticker.nanos() - before);
    }
}

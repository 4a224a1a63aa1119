package dev.outbox.consumer.internal.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.consumer.internal.release.Turns.Turn;
import dev.outbox.consumer.parking.InboxKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Turn TEA = turn("tea");
    private static final Turn MILK = turn("milk");

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Turns turns = new Turns(clock::get);

    @Test
    void aKeyHasItsTurnOnceItsPauseIsOver() {
        turns.add(TEA, Duration.ofNanos(10));
        assertThat(turns.next()).isNull();
        assertThat(turns.pause(MINUTE)).isEqualTo(Duration.ofNanos(10));
        clock.addAndGet(10);
        assertThat(turns.pause(MINUTE)).isZero();
        assertThat(turns.next()).isEqualTo(TEA);
        assertThat(turns.next()).isNull();
        assertThat(turns.pause(MINUTE)).isEqualTo(MINUTE);
    }

    @Test
    void theEarliestComesFirstAndOfTwoTheOneThatWasAddedFirst() {
        turns.add(MILK, Duration.ofNanos(2));
        turns.add(TEA, Duration.ofNanos(1));
        turns.add(turn("bread"), Duration.ofNanos(1));
        clock.addAndGet(2);
        assertThat(turns.next()).isEqualTo(TEA);
        assertThat(turns.next()).isEqualTo(turn("bread"));
        assertThat(turns.next()).isEqualTo(MILK);
    }

    @Test
    void whatIsAwaitedKeepsItsTime() {
        assertThat(turns.add(TEA, MINUTE)).isTrue();
        assertThat(turns.add(TEA, Duration.ZERO)).isFalse();
        assertThat(turns.next()).isNull();
        turns.remove(TEA);
        assertThat(turns.add(TEA, Duration.ZERO)).isTrue();
        assertThat(turns.next()).isEqualTo(TEA);
    }

    @Test
    void nothingIsLeftAfterClearing() {
        turns.add(TEA, Duration.ZERO);
        turns.clear();
        assertThat(turns.next()).isNull();
        assertThat(turns.add(TEA, Duration.ZERO)).isTrue();
    }

    private static Turn turn(String key) {
        return new Turn(new InboxKey("stock", "orders", key), false);
    }
}

package dev.outbox.relay.internal.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotCycleTests {

    private static final SlotCycle CYCLE = SlotCycle.DEFAULT;

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

    @Test
    void theSlotsTakeTurns() {
        int current = CYCLE.current(NINE);
        assertThat(CYCLE.next(NINE)).isEqualTo((current + 1) % 4);
        assertThat(CYCLE.current(NINE.plus(CYCLE.period()))).isEqualTo(CYCLE.next(NINE));
        assertThat(CYCLE.current(Instant.parse("2026-03-01T11:59:59.999Z"))).isEqualTo(current);
        assertThat(CYCLE.current(Instant.parse("2026-03-01T12:00:00Z"))).isNotEqualTo(current);
    }

    @Test
    void aSlotRestsFromTheEndOfItsPeriod() {
        int current = CYCLE.current(NINE);
        assertThat(CYCLE.rested(current, NINE)).isZero();
        assertThat(CYCLE.rested((current + 3) % 4, NINE)).isEqualTo(Duration.ofHours(3));
        assertThat(CYCLE.rested((current + 2) % 4, NINE)).isEqualTo(Duration.ofHours(9));
        assertThat(CYCLE.rested((current + 1) % 4, NINE)).isEqualTo(Duration.ofHours(15));
    }

    @Test
    void aSlotIsNextWhenItsRestIsOver() {
        int current = CYCLE.current(NINE);
        Instant end = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(CYCLE.next(end.plus(CYCLE.rest()).minusMillis(1))).isNotEqualTo(current);
        assertThat(CYCLE.next(end.plus(CYCLE.rest()))).isEqualTo(current);
    }

    @Test
    void restsForAllPeriodsButTwo() {
        assertThat(CYCLE.rest()).isEqualTo(Duration.ofHours(12));
        assertThat(new SlotCycle(9, Duration.ofDays(1)).rest()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void twoSlotsAreTooFew() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new SlotCycle(2, Duration.ofHours(6)))
                .withMessageContaining("slots is at rest");
    }
}

package dev.outbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotCycleTests {

    private static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");

    @Test
    void theSlotsTakeTurns() {
        int current = SlotCycle.current(NINE);
        assertThat(SlotCycle.next(NINE)).isEqualTo((current + 1) % 4);
        assertThat(SlotCycle.current(NINE.plus(SlotCycle.PERIOD))).isEqualTo(SlotCycle.next(NINE));
        assertThat(SlotCycle.current(Instant.parse("2026-03-01T11:59:59.999Z"))).isEqualTo(current);
        assertThat(SlotCycle.current(Instant.parse("2026-03-01T12:00:00Z"))).isNotEqualTo(current);
    }

    @Test
    void aSlotRestsFromTheEndOfItsPeriod() {
        int current = SlotCycle.current(NINE);
        assertThat(SlotCycle.rested(current, NINE)).isZero();
        assertThat(SlotCycle.rested((current + 3) % 4, NINE)).isEqualTo(Duration.ofHours(3));
        assertThat(SlotCycle.rested((current + 2) % 4, NINE)).isEqualTo(Duration.ofHours(9));
        assertThat(SlotCycle.rested((current + 1) % 4, NINE)).isEqualTo(Duration.ofHours(15));
    }

    @Test
    void aSlotIsNextWhenItsRestIsOver() {
        int current = SlotCycle.current(NINE);
        Instant end = Instant.parse("2026-03-01T12:00:00Z");
        assertThat(SlotCycle.next(end.plus(SlotCycle.REST).minusMillis(1))).isNotEqualTo(current);
        assertThat(SlotCycle.next(end.plus(SlotCycle.REST))).isEqualTo(current);
    }
}

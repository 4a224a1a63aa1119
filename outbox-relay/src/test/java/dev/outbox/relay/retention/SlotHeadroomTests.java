package dev.outbox.relay.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.Empty;
import dev.outbox.relay.internal.slot.SlotResult.InUse;
import dev.outbox.relay.internal.slot.SlotResult.TooYoung;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.internal.slot.SlotResult.Unpublished;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Four slots of six hours: at nine o'clock slot 1 is written to and slot 2 is next; slots 3 and 0 are at rest. */
class SlotHeadroomTests {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    private final SlotCycle cycle = SlotCycle.DEFAULT;
    private final SlotHeadroom headroom = new SlotHeadroom();

    @Test
    void nothingIsDueWhileNoSlotAtRestHasEvents() {
        assertThat(after(NINE, new Empty(0), new InUse(1), new InUse(2), new Truncated(3, 1)))
                .isEqualTo(cycle.rest());
    }

    @Test
    void itIsTheTimeUntilASlotWithEventsIsTheNextOneToBeWrittenTo() {
        assertThat(after(NINE, new TooYoung(0, Duration.ofHours(3)), new InUse(1), new InUse(2), new Empty(3)))
                .isEqualTo(Duration.ofHours(9));
        assertThat(after(NINE, new Empty(0), new InUse(1), new InUse(2), new Unpublished(3, "")))
                .isEqualTo(Duration.ofHours(3));
        assertThat(after(NINE.plusSeconds(3600), new Empty(0), new InUse(1), new InUse(2), new Busy(3)))
                .isEqualTo(Duration.ofHours(2));
    }

    @Test
    void itIsZeroUntilEventsThatWereLateAreRemoved() {
        after(NINE, new Empty(0), new InUse(1), new InUse(2), new Busy(3));
        Instant fifteen = NINE.plus(cycle.period());
        assertThat(after(fifteen, new Empty(0), new Empty(1), new InUse(2), new InUse(3)))
                .as("slot 3 is next")
                .isZero();
        Instant twentyOne = fifteen.plus(cycle.period());
        assertThat(after(twentyOne, new InUse(0), new Empty(1), new Empty(2), new InUse(3)))
                .as("slot 3 is written to")
                .isZero();
        Instant three = twentyOne.plus(cycle.period());
        assertThat(after(three, new InUse(0), new InUse(1), new Empty(2), new Truncated(3, 1)))
                .isEqualTo(cycle.rest());
    }

    private Duration after(Instant now, SlotResult... results) {
        return headroom.after(List.of(results), cycle, now);
    }
}

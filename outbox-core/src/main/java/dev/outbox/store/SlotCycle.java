package dev.outbox.store;

import java.time.Duration;
import java.time.Instant;

/**
 * Which slot events are written to, and when: each for {@link #PERIOD}, in turn. The default of
 * {@code outbox_event.slot} says the same.
 *
 * <p>Nothing but the time for which events are kept rests on it: an event of a long transaction, or of a clock that is
 * wrong, may lie in another slot, and is published and kept until then like any other.
 */
public final class SlotCycle {

    /** Number of slots. */
    public static final int SLOTS = 4;

    /** For how long transactions that begin write into one slot. */
    public static final Duration PERIOD = Duration.ofHours(6);

    /** For how long a slot lies still, from its last new transaction until it is the next one to be written to. */
    public static final Duration REST = PERIOD.multipliedBy(SLOTS - 2L);

    private SlotCycle() {}

    /** {@return the slot of the transactions that begin now} */
    public static int current(Instant now) {
        return (int) Math.floorMod(period(now), (long) SLOTS);
    }

    /** {@return the slot of the transactions that begin in the next period} */
    public static int next(Instant now) {
        return (current(now) + 1) % SLOTS;
    }

    /** {@return for how long no new transaction has written into the slot; nothing for the current one} */
    public static Duration rested(int slot, Instant now) {
        int periodsAgo = Math.floorMod(current(now) - slot, SLOTS);
        long end = (period(now) - periodsAgo + 1) * PERIOD.toSeconds();
        Duration since = Duration.between(Instant.ofEpochSecond(end), now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    private static long period(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), PERIOD.toSeconds());
    }
}

package dev.outbox.relay.internal.slot;

import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * Which slot events are written to, and when: each for a period, in turn. It is defined in the database by the default of
 * {@code outbox_event.slot}, and can be altered there.
 *
 * <p>Only the time for which events are kept depends on it: an event of a long transaction, or of a clock that is wrong, may
 * be in another slot, and is published and kept until then like any other.
 *
 * @param slots number of slots, three or more
 * @param period how long transactions that begin write into one slot, in whole seconds
 */
public record SlotCycle(int slots, Duration period) {

    /** The default of the tables: four slots of six hours. */
    public static final SlotCycle DEFAULT = new SlotCycle(4, Duration.ofHours(6));

    /**
     * @throws IllegalArgumentException if no slot could ever rest, or the period is not a number of seconds
     */
    public SlotCycle {
        if (slots < 3) {
            throw new IllegalArgumentException(
                    "None of the %d slots is at rest: one is being written to, and another one is next"
                            .formatted(slots));
        }
        if (period.toSeconds() <= 0 || !period.equals(Duration.ofSeconds(period.toSeconds()))) {
            throw new IllegalArgumentException("The period of a slot is not a number of seconds: " + period);
        }
    }

    /**
     * {@return the cycle that the tables of a database use}
     *
     * @throws IllegalStateException if the default of {@code outbox_event.slot} cannot be understood, or there is not one
     *     partition for each slot
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached
     */
    public static SlotCycle postgres(DataSource dataSource) {
        return postgres(dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    /** {@return the same, on given tables} */
    public static SlotCycle postgres(DataSource dataSource, OutboxTables tables) {
        return new JdbcSlotCycle(dataSource, tables).read();
    }

    /** {@return how long a slot rests, from its last new transaction until it is the next one to be written to} */
    public Duration rest() {
        return period.multipliedBy(slots - 2L);
    }

    /** {@return the slot of the transactions that begin now} */
    public int current(Instant now) {
        return (int) Math.floorMod(turn(now), (long) slots);
    }

    /** {@return the slot of the transactions that begin in the next period} */
    public int next(Instant now) {
        return (current(now) + 1) % slots;
    }

    /** {@return how long no new transaction has written into the slot; zero for the current one} */
    public Duration rested(int slot, Instant now) {
        int turnsAgo = Math.floorMod(current(now) - slot, slots);
        long end = (turn(now) - turnsAgo + 1) * period.toSeconds();
        Duration since = Duration.between(Instant.ofEpochSecond(end), now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    /** {@return how long until the slot is the next one to be written to; zero if it is, or is written to} */
    public Duration untilNext(int slot, Instant now) {
        long turns = Math.floorMod(slot - next(now), slots);
        if (turns == 0 || slot == current(now)) {
            return Duration.ZERO;
        }
        return Duration.between(now, Instant.ofEpochSecond((turn(now) + turns) * period.toSeconds()));
    }

    private long turn(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), period.toSeconds());
    }
}

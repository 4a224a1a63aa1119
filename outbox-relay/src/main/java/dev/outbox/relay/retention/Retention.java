package dev.outbox.relay.retention;

import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.relay.internal.slot.SlotResult;
import dev.outbox.relay.parking.ParkedEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Truncates the slots whose events are published and have been kept long enough.
 *
 * <ol>
 *   <li>The slot that is written to, and the next one, are left alone, so that no transaction has to wait.
 *   <li>A slot is kept for a time after the end of its period.
 *   <li>The database decides under its lock whether everything in a slot is published: see {@link OutboxSlots#truncate}.
 *   <li>The lock is tried several times without waiting. If a slot is in use at each of these attempts in three consecutive
 *       runs, the lock is waited for, for a fifth of a second: otherwise a reader without pauses would keep the slot for
 *       ever.
 * </ol>
 *
 * <p>Only the third rule protects events; a wrong clock keeps them for longer or shorter. Any number of relays may do this
 * at once: the lock lets one of them through. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Retention {

    /** In one run. */
    private static final int QUICK_TRIES = 5;

    /** Runs that do not wait for the lock. */
    static final int PATIENT_RUNS = 3;

    /** Short enough that services that write to other slots do not notice it, and readers of this one hardly do. */
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Map<Integer, Integer> busyRuns = new ConcurrentHashMap<>();
    private final SlotHeadroom headroom = new SlotHeadroom();
    private volatile @Nullable Instant dueAt;
    private final OutboxSlots slots;
    private final ParkedEvents parked;
    private final @Nullable Supplier<SlotCycle> cycle;
    private final Duration keep;
    private final Clock clock;

    /**
     * @param parked contains discarded events, which are kept for as long as they are in a slot
     * @param cycle how the slots are written now; null if there are none
     */
    Retention(OutboxSlots slots, ParkedEvents parked, @Nullable Supplier<SlotCycle> cycle, Duration keep, Clock clock) {
        this.slots = slots;
        this.parked = parked;
        this.cycle = cycle;
        this.keep = keep;
        this.clock = clock;
    }

    /** {@return the retention where published events are deleted at once, so that only discarded ones are left} */
    static Retention ofDiscarded(ParkedEvents parked, Clock clock) {
        return new Retention(slot -> new SlotResult.Empty(slot), parked, null, Duration.ZERO, clock);
    }

    /**
     * Truncates the slots that can be truncated.
     *
     * @return what happened to each slot
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached, or this user may not truncate
     */
    public List<SlotResult> runOnce() {
        if (cycle == null) {
            parked.removeDiscarded();
            return List.of();
        }
        SlotCycle current = cycle.get();
        Instant now = clock.instant();
        List<SlotResult> results = IntStream.range(0, current.slots())
                .mapToObj(slot -> truncate(slot, current, now))
                .toList();
        note(results, current, now);
        if (results.stream().anyMatch(SlotResult.Truncated.class::isInstance)) {
            parked.removeDiscarded();
        }
        return results;
    }

    private synchronized void note(List<SlotResult> results, SlotCycle current, Instant now) {
        dueAt = now.plus(headroom.after(results, current, now));
    }

    /**
     * {@return how long there is to remove the events of a slot before it is the next one to be written to; not negative}
     * Nothing before the first run, and where there are no slots.
     */
    public Optional<Duration> headroom() {
        Instant due = dueAt;
        if (due == null) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.instant(), due);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    private SlotResult truncate(int slot, SlotCycle cycle, Instant now) {
        if (slot == cycle.current(now) || slot == cycle.next(now)) {
            return new SlotResult.InUse(slot);
        }
        Duration left = keep.minus(cycle.rested(slot, now));
        return left.compareTo(Duration.ZERO) > 0 ? new SlotResult.TooYoung(slot, left) : truncate(slot);
    }

    /** Readers usually leave gaps; if the readers of a slot left none, run after run, this waits for the lock. */
    private SlotResult truncate(int slot) {
        boolean waits = busyRuns.getOrDefault(slot, 0) >= PATIENT_RUNS;
        SlotResult result = waits ? slots.truncate(slot, WAIT) : slots.truncate(slot);
        for (int tries = 1; result instanceof SlotResult.Busy && !waits && tries < QUICK_TRIES; tries++) {
            result = slots.truncate(slot);
        }
        if (result instanceof SlotResult.Busy) {
            busyRuns.merge(slot, 1, Integer::sum);
        } else {
            busyRuns.remove(slot);
        }
        return result;
    }

    /** {@return for how many runs a slot was in use by others at each attempt} */
    int busyRuns(int slot) {
        return busyRuns.getOrDefault(slot, 0);
    }
}

package dev.outbox.consumer.internal.release;

import dev.outbox.consumer.internal.failure.RetryPauses;
import dev.outbox.consumer.internal.parking.InboxParkingStore;
import dev.outbox.consumer.internal.processing.InboxConsumers;
import dev.outbox.consumer.internal.release.Turns.Turn;
import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.internal.failure.Causes;
import dev.outbox.internal.loop.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Resumes keys whose first event has waited for a missing one. It runs on its own thread, so the consumer keeps polling,
 * however many events have waited:
 *
 * <ol>
 *   <li>A key is reported by the consumer that received an event of it, by {@link GapPatience}, or by the check that runs at
 *       start and every minute. The check is needed because a crash may have happened between the missing event and those
 *       behind it.
 *   <li>Some of the waiting events are handled, each in its own transaction; then it is the turn of the other keys.
 *   <li>An event that fails is tried again after a pause, as often as any other; if a server is unreachable, until it is back.
 * </ol>
 *
 * If each tenant has its own inbox, only the thread of the consumer knows which tenant an event belongs to. The waiting events
 * are then handled on that thread, and an event that fails is tried again when the next event of its key arrives.
 *
 * <p>Several instances may do this at the same time: the lock of the key lets one of them through at a time. Thread-safe.
 */
public final class GapResumption extends BackgroundLoop {

    private static final Logger LOG = LoggerFactory.getLogger(GapResumption.class);

    private static final int PART = 100;
    private static final int KEYS = 1000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    private final InboxConsumers consumers;
    private final InboxParkingStore parking;
    private final Supplier<ParkedRelease> release;
    private final RetryPauses pauses;
    private final boolean tenants;
    private final Turns turns = new Turns(System::nanoTime);
    private final Map<Turn, Integer> outages = new ConcurrentHashMap<>();
    private volatile long nextLook;

    /** @param tenants whether each tenant has its own inbox */
    public GapResumption(
            InboxConsumers consumers,
            InboxParkingStore parking,
            Supplier<ParkedRelease> release,
            RetryPauses pauses,
            boolean tenants) {
        super("outbox-inbox-resumption");
        this.consumers = consumers;
        this.parking = parking;
        this.release = release;
        this.pauses = pauses;
        this.tenants = tenants;
    }

    /** Resumes a key up to the next missing event. */
    public void resume(InboxKey key) {
        Turn turn = new Turn(key, false);
        if (tenants) {
            resumeHere(turn);
        } else {
            await(turn, Duration.ZERO);
        }
    }

    /**
     * Resumes a key although an event is missing; if another one is missing behind it, that one is waited for.
     *
     * @return false if that is already about to happen
     */
    public boolean pass(InboxKey key) {
        return await(new Turn(key, true), Duration.ZERO);
    }

    @Override
    public synchronized void start() {
        if (!isRunning() && !tenants && !consumers.thatHoldBack().isEmpty()) {
            turns.clear();
            outages.clear();
            nextLook = System.nanoTime();
            super.start();
        }
    }

    /**
     * Lets the event that is being handled finish, because an interrupt would count as one of its attempts. Events that still
     * wait are found again at the next start, here or on another instance.
     */
    @Override
    protected Duration longestStop() {
        return LONGEST_STOP;
    }

    @Override
    protected Duration pass() {
        if (nextLook - System.nanoTime() <= 0) {
            nextLook = System.nanoTime() + BETWEEN_LOOKS.toNanos();
            consumers.thatHoldBack().forEach(this::look);
        }
        Turn turn = turns.next();
        if (turn != null) {
            run(turn);
        }
        return turns.pause(Duration.ofNanos(Math.max(0, nextLook - System.nanoTime())));
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        LOG.warn("Events that wait for a missing one are checked again later: {}", Causes.inOneLine(failure), failure);
        return Duration.ZERO;
    }

    /**
     * The missing event may itself be parked by now, first of its key and behind no other. So the first event of each key is
     * tried.
     */
    private void look(String consumer) {
        @Nullable InboxKey last = null;
        List<InboxKey> found;
        do {
            found = parking.waiting(consumer, last, KEYS);
            found.forEach(this::resume);
            last = found.isEmpty() ? null : found.get(found.size() - 1);
        } while (found.size() == KEYS);
    }

    private boolean await(Turn turn, Duration pause) {
        boolean isNew = isRunning() && turns.add(turn, pause);
        if (isNew) {
            wake();
        }
        return isNew;
    }

    /** An event of the same key that arrives in the meantime does not cut the pause short. */
    private void awaitAfter(Turn turn, Duration pause) {
        turns.remove(turn);
        await(turn, pause);
    }

    private void run(Turn turn) {
        Optional<Duration> again;
        try {
            again = part(turn);
            outages.remove(turn);
        } catch (RuntimeException | Error unavailable) {
            Duration pause = pauses.after(outages.merge(turn, 1, Integer::sum));
            LOG.warn(
                    "The parked events of {} wait {} ms; they are not the cause: {}",
                    turn.key(),
                    pause.toMillis(),
                    Causes.inOneLine(unavailable),
                    unavailable);
            again = Optional.of(pause);
        }
        again.ifPresent(pause -> {
            if (pause.isZero()) {
                await(turn.behindTheGap(), pause);
            } else {
                awaitAfter(turn, pause);
            }
        });
    }

    /** Only one event is let in over a gap: an event that is missing behind it has not been waited for as long. */
    private Optional<Duration> part(Turn turn) {
        ParkedRelease parked = release.get();
        int most = turn.overGap() ? 1 : PART;
        Optional<Duration> next = Optional.of(Duration.ZERO);
        for (int event = 0; event < most && isRunning() && isAtOnce(next); event++) {
            next = parked.resume(turn.key(), turn.overGap());
        }
        return next;
    }

    private void resumeHere(Turn turn) {
        ParkedRelease parked = release.get();
        try {
            Optional<Duration> next;
            do {
                next = parked.resume(turn.key(), turn.overGap());
            } while (isAtOnce(next));
        } catch (RuntimeException unavailable) {
            // The event that has arrived is handled, whatever happens to those behind it.
            LOG.warn(
                    "The parked events of {} wait for the next event of that key, or for a person: {}",
                    turn.key(),
                    Causes.inOneLine(unavailable),
                    unavailable);
        }
    }

    private static boolean isAtOnce(Optional<Duration> next) {
        return next.filter(Duration::isZero).isPresent();
    }
}

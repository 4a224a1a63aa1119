package dev.outbox.relay.internal.pace;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the relay's thread waits, and what wakes it.
 *
 * <p>A signal that arrives while no thread waits is remembered for the next wait that it concerns. A hint after commit is
 * acted on at once, as long as reads keep {@link ReadPace the pace} of one per {@code hintCoalescing} on average. Above that
 * pace, hints are gathered into one read, because a read per commit would cost the database more than the commits. While
 * events come by the thousand a second, reads that take long are followed by longer rests, because on a busy machine the
 * relay would take resources that others need.
 *
 * <p>Polling is the safety net. It speeds up when a read finds events that no hint announced, or only a hint of another
 * process, because those come late. It slows down while reads find nothing.
 *
 * <p>Signals may come from any thread; one thread waits.
 */
public final class RelayWait {

    private static final int HINT = 1;
    private static final int SETTLED = 2;
    private static final int STOP = 4;
    private static final int LATE_HINT = 8;

    private static final double SLOWER = 1.5;

    /** Nanoseconds between two events. If they come faster than this, latency no longer matters. */
    private static final long BUSY = 1_000_000;

    /** On a busy machine, the rest after a read is this many times as long as the read. */
    private static final int REST = 10;

    /** The longest rest, as a multiple of hintCoalescing. */
    private static final int LONGEST_REST = 20;

    private final long minInterval;
    private final long maxInterval;
    private final long hintCoalescing;
    private final ReadPace pace;
    private final Ticker ticker;
    private final LongConsumer park;

    private final AtomicInteger signals = new AtomicInteger();
    private volatile @Nullable Thread waiter;

    private long interval;
    private long rest;
    private long lastRead;
    private boolean hinted;

    public RelayWait(RelayProperties.Poll poll) {
        this(poll, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * @param park suspends the current thread for this many nanoseconds, or less if it is unparked
     */
    public RelayWait(RelayProperties.Poll poll, Ticker ticker, LongConsumer park) {
        this.minInterval = poll.minInterval().toNanos();
        this.maxInterval = poll.maxInterval().toNanos();
        this.hintCoalescing = poll.hintCoalescing().toNanos();
        this.pace = new ReadPace(hintCoalescing, ticker.nanos());
        this.ticker = ticker;
        this.park = park;
        this.interval = maxInterval;
        this.rest = hintCoalescing;
        this.lastRead = ticker.nanos();
    }

    /** A transaction of this process has committed events. */
    public void committed() {
        signal(HINT);
    }

    /** A notification says that a transaction of another process has committed events. */
    public void committedElsewhere() {
        signal(LATE_HINT);
    }

    /** A page in flight is fully acknowledged or has failed, or a lane has ended. */
    public void settled() {
        signal(SETTLED);
    }

    /** Ends the current wait or, if there is none, the next. */
    public void stop() {
        signal(STOP);
    }

    /**
     * Waits for new events.
     *
     * @param found how many events the last read returned
     */
    public void forEvents(int found) {
        if (found > 0 && !hinted) {
            interval = minInterval;
        } else if (found == 0) {
            interval = Math.min((long) (interval * SLOWER), maxInterval);
        }
        rest = restAfter(found, ticker.nanos() - lastRead);
        long nextRead = pace.nextRead(lastRead, rest);
        int woken = await(HINT | LATE_HINT | STOP, ticker.nanos() + interval);
        hinted = (woken & HINT) != 0;
        boolean isPoll = woken == 0;
        if ((woken & STOP) == 0 && !(isPoll && rest == hintCoalescing)) {
            await(STOP, nextRead);
            // The coming read will see the commits of all hints that have arrived until now.
            signals.getAndUpdate(current -> current & ~(HINT | LATE_HINT));
        }
        lastRead = ticker.nanos();
    }

    /** The events that a read found have arrived during the rest before it. */
    private long restAfter(int found, long read) {
        boolean isBusy = found * BUSY > rest;
        return isBusy ? Math.max(hintCoalescing, Math.min(read * REST, hintCoalescing * LONGEST_REST)) : hintCoalescing;
    }

    /** Waits until a page in flight is settled, at most as long as for a poll. */
    public void forAcks() {
        await(SETTLED | STOP, ticker.nanos() + maxInterval);
    }

    /** Waits for the given time, at most as long as for a poll, whatever signals come. */
    public void pause(Duration time) {
        await(STOP, ticker.nanos() + Math.min(time.toNanos(), maxInterval));
    }

    /** Waits for the given time, or until a lane has ended. */
    public void forLanes(Duration time) {
        await(SETTLED | STOP, ticker.nanos() + time.toNanos());
    }

    /** Waits as long as for a poll, whatever signals come. */
    public void untilNextPoll() {
        await(STOP, ticker.nanos() + maxInterval);
    }

    /**
     * Waits for one of the signals or the deadline.
     *
     * @return the signals that came, which are cleared
     */
    private int await(int mask, long deadline) {
        waiter = Thread.currentThread();
        while ((signals.get() & mask) == 0 && !Thread.currentThread().isInterrupted()) {
            long left = deadline - ticker.nanos();
            if (left <= 0) {
                break;
            }
            park.accept(left);
        }
        waiter = null;
        return signals.getAndUpdate(current -> current & ~mask) & mask;
    }

    private void signal(int signal) {
        // Look without writing first: there may be thousands of commits a second.
        if ((signals.get() & signal) != 0) {
            return;
        }
        signals.getAndUpdate(current -> current | signal);
        LockSupport.unpark(waiter);
    }
}

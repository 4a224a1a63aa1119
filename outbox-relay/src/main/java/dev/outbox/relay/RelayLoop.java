package dev.outbox.relay;

import dev.outbox.internal.loop.BackgroundLoop;
import dev.outbox.relay.LaneSharing.State;
import dev.outbox.relay.internal.pace.RelayWait;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The thread that shares the lanes with other relays, from the start of the application to its end.
 *
 * <p>It starts before and stops after everything that accepts requests or messages, so that their last events are relayed
 * too.
 */
final class RelayLoop extends BackgroundLoop {

    /** Below the phases of web servers and message listeners. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    /** How long a relay that owns its share may take at most to notice that others have come or gone. */
    static final Duration SETTLED_INTERVAL = Duration.ofSeconds(2);

    private final LaneSharing sharing;
    private final BooleanSupplier standsBy;
    private final LaneThreads lanes;
    private final RelayWait wait;
    private final RelayMonitor monitor;
    private final Duration settledInterval;

    /**
     * @param standsBy whether another relay can do the work better, and does
     * @param ttl how long the relay counts as running after a pass
     */
    RelayLoop(
            LaneSharing sharing,
            BooleanSupplier standsBy,
            LaneThreads lanes,
            RelayWait wait,
            RelayMonitor monitor,
            Duration ttl) {
        super("outbox-relay");
        this.sharing = sharing;
        this.standsBy = standsBy;
        this.lanes = lanes;
        this.wait = wait;
        this.monitor = monitor;
        Duration thirdOfLife = ttl.dividedBy(3);
        this.settledInterval = thirdOfLife.compareTo(SETTLED_INTERVAL) < 0 ? thirdOfLife : SETTLED_INTERVAL;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    /** It waits itself, because a lane that ends is a reason to look at the lanes at once. */
    @Override
    protected Duration pass() {
        if (standsBy.getAsBoolean()) {
            return standBy();
        }
        State state = sharing.runOnce();
        monitor.passed(sharing.seen());
        if (state == State.SETTLED) {
            wait.forLanes(settledInterval);
        } else {
            wait.untilNextPoll();
        }
        return Duration.ZERO;
    }

    private Duration standBy() {
        sharing.standBy();
        monitor.stoodBy();
        wait.untilNextPoll();
        return Duration.ZERO;
    }

    @Override
    protected Duration failed(Throwable failure, boolean isNew) {
        if (failure instanceof Error fatal) {
            throw fatal;
        }
        monitor.failed((RuntimeException) failure);
        wait.untilNextPoll();
        return Duration.ZERO;
    }

    @Override
    protected void stopping(Thread running) {
        wait.stop();
    }

    /** Until all lanes have been handed over; each of them limits the time for that. */
    @Override
    protected Duration longestStop() {
        return WITHOUT_LIMIT;
    }

    /** Hands over all lanes. */
    @Override
    protected void ended() {
        sharing.stopLanes();
        try {
            sharing.leave();
        } catch (RuntimeException e) {
            monitor.failed(e);
        }
        while (!lanes.isIdle() && !Thread.currentThread().isInterrupted()) {
            wait.forLanes(settledInterval);
        }
        monitor.stopped();
    }
}

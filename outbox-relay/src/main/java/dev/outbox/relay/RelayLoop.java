package dev.outbox.relay;

import dev.outbox.relay.LaneSharing.State;
import dev.outbox.relay.internal.pace.RelayWait;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The thread that shares the lanes with other relays, from the start of the application to its end.
 *
 * <p>It starts before and stops after everything that accepts requests or messages, so that their last events are relayed
 * too.
 */
final class RelayLoop implements SmartLifecycle {

    /** Below the phases of web servers and message listeners. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final String THREAD_NAME = "outbox-relay";

    /** How long a relay that owns its share may take at most to notice that others have come or gone. */
    static final Duration SETTLED_INTERVAL = Duration.ofSeconds(2);

    private final LaneSharing sharing;
    private final LaneThreads lanes;
    private final RelayWait wait;
    private final RelayMonitor monitor;
    private final Duration settledInterval;
    private @Nullable Thread thread;
    private volatile boolean stopping;
    private Runnable whenStopped = () -> {};

    /**
     * @param ttl how long the relay counts as running after a pass
     */
    RelayLoop(LaneSharing sharing, LaneThreads lanes, RelayWait wait, RelayMonitor monitor, Duration ttl) {
        this.sharing = sharing;
        this.lanes = lanes;
        this.wait = wait;
        this.monitor = monitor;
        Duration thirdOfLife = ttl.dividedBy(3);
        this.settledInterval = thirdOfLife.compareTo(SETTLED_INTERVAL) < 0 ? thirdOfLife : SETTLED_INTERVAL;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        stopping = false;
        thread = new Thread(this::run, THREAD_NAME);
        thread.start();
    }

    /** Returns at once; the callback runs when all lanes have been handed over, or the time for that has run out. */
    @Override
    public synchronized void stop(Runnable callback) {
        if (!isRunning()) {
            callback.run();
            return;
        }
        whenStopped = callback;
        stopping = true;
        wait.stop();
    }

    /** Waits for the end of what {@link #stop(Runnable)} starts. */
    @Override
    public void stop() {
        CountDownLatch stopped = new CountDownLatch(1);
        stop(stopped::countDown);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        try {
            while (!stopping && !Thread.currentThread().isInterrupted()) {
                pass();
            }
            handOver();
        } finally {
            ended().run();
        }
    }

    private void pass() {
        try {
            State state = sharing.runOnce();
            monitor.passed(sharing.free());
            if (state == State.SETTLED) {
                wait.forLanes(settledInterval);
            } else {
                wait.untilNextPoll();
            }
        } catch (RuntimeException e) {
            monitor.failed(e);
            wait.untilNextPoll();
        }
    }

    private void handOver() {
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

    private synchronized Runnable ended() {
        thread = null;
        Runnable callback = whenStopped;
        whenStopped = () -> {};
        return callback;
    }
}

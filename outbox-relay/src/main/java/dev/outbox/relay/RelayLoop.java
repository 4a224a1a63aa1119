package dev.outbox.relay;

import dev.outbox.relay.PassResult.Failed;
import dev.outbox.relay.PassResult.Relayed;
import dev.outbox.relay.PassResult.Standby;
import dev.outbox.relay.PassResult.Stopped;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * The thread of a lane: pass after pass, with the wait that each result asks for.
 *
 * <p>It starts before and stops after all that takes requests or messages, so that their last events are relayed too.
 */
final class RelayLoop implements SmartLifecycle {

    /** Below the phases of web servers and message listeners. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private static final String THREAD_NAME = "outbox-relay";

    private final LaneRelay relay;
    private final RelayWait wait;
    private final LaneMonitor monitor;
    private final Duration drainTimeout;
    private @Nullable Thread thread;
    private Runnable whenStopped = () -> {};

    RelayLoop(LaneRelay relay, RelayWait wait, LaneMonitor monitor, Duration drainTimeout) {
        this.relay = relay;
        this.wait = wait;
        this.monitor = monitor;
        this.drainTimeout = drainTimeout;
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        relay.start();
        thread = new Thread(this::run, THREAD_NAME);
        thread.start();
    }

    /** Returns at once; the callback runs when the lane has been drained and handed over, or the time for that is up. */
    @Override
    public synchronized void stop(Runnable callback) {
        if (!isRunning()) {
            callback.run();
            return;
        }
        whenStopped = callback;
        relay.stop(drainTimeout);
        wait.stop();
    }

    /** Waits for the end of what {@link #stop(Runnable)} begins. */
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
            PassResult result;
            do {
                result = relay.runOnce();
                monitor.passed(result, relay.status());
                waitAfter(result);
            } while (!(result instanceof Stopped));
        } finally {
            ended().run();
        }
    }

    private synchronized Runnable ended() {
        thread = null;
        Runnable callback = whenStopped;
        whenStopped = () -> {};
        return callback;
    }

    private void waitAfter(PassResult result) {
        if (result instanceof Relayed relayed) {
            switch (relayed.next()) {
                case READ_ON -> {}
                case AWAIT_ACKS -> wait.forAcks();
                case POLL -> wait.forEvents(relayed.published() > 0);
            }
        } else if (result instanceof Failed failed) {
            wait.pause(failed.retryAfter());
        } else if (result instanceof Standby) {
            wait.untilNextPoll();
        }
        if (Thread.currentThread().isInterrupted()) {
            relay.stop(Duration.ZERO);
        }
    }
}

package dev.outbox.relay.internal.lane;

import dev.outbox.relay.internal.lane.PassResult.Failed;
import dev.outbox.relay.internal.lane.PassResult.Relayed;
import dev.outbox.relay.internal.lane.PassResult.Standby;
import dev.outbox.relay.internal.lane.PassResult.Stopped;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.pace.RelayWait;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** The thread of a lane: runs pass after pass, waits as each result requires, and ends when the lane has been handed over. */
public final class LaneLoop implements RunningLane {

    private final LaneRelay relay;
    private final OutboxLog log;
    private final RelayWait wait;
    private final LaneMonitor monitor;
    private final Duration drainTimeout;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    /**
     * @param log what the lane reads; closed when the lane has ended
     */
    public LaneLoop(LaneRelay relay, OutboxLog log, RelayWait wait, LaneMonitor monitor, Duration drainTimeout) {
        this.relay = relay;
        this.log = log;
        this.wait = wait;
        this.monitor = monitor;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Starts the thread.
     *
     * @param atEnd run by that thread when it ends
     */
    public void start(Runnable atEnd) {
        new Thread(() -> run(atEnd), "outbox-lane-" + monitor.lane().number()).start();
    }

    @Override
    public synchronized void stop() {
        if (!stopping) {
            stopping = true;
            relay.stop(drainTimeout);
            wait.stop();
        }
    }

    @Override
    public boolean isStopping() {
        return stopping;
    }

    @Override
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** This process has committed events, perhaps of this lane. */
    public void committed() {
        if (!log.callsForReads()) {
            wait.committed();
        }
    }

    /** Another process has committed events, perhaps of this lane. */
    public void committedElsewhere() {
        if (!log.callsForReads()) {
            wait.committedElsewhere();
        }
    }

    public LaneMonitor monitor() {
        return monitor;
    }

    private void run(Runnable atEnd) {
        try {
            PassResult result;
            do {
                result = relay.runOnce();
                monitor.passed(result, relay.status());
                waitAfter(result);
            } while (!(result instanceof Stopped));
        } finally {
            log.close();
            monitor.ended();
            ended.countDown();
            atEnd.run();
        }
    }

    private void waitAfter(PassResult result) {
        if (result instanceof Relayed relayed) {
            switch (relayed.next()) {
                case READ_ON -> {}
                case AWAIT_ACKS -> wait.forAcks();
                case POLL -> wait.forEvents(relayed.published());
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

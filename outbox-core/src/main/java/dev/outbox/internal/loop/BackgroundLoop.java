package dev.outbox.internal.loop;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;

/**
 * Work that is repeated on its own thread from start to stop.
 *
 * <ol>
 *   <li>A {@link #pass()} does the work once and says how long to pause. {@link #wake()} ends the pause early.
 *   <li>A pass that fails does not end the loop. {@link #failed} learns whether the same failure was reported before.
 *   <li>After a stop, the pass that is running ends, and then the thread. Passes never overlap, even if the loop is started
 *       again in the meantime.
 * </ol>
 *
 * <p>Thread-safe. Passes and what follows them run on the thread of the loop.
 */
public abstract class BackgroundLoop implements SmartLifecycle {

    /** For a pause that only {@link #wake()} or a stop ends, and for a stop that always waits. */
    protected static final Duration WITHOUT_LIMIT = Duration.ofNanos(Long.MAX_VALUE);

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    private final String threadName;
    private final Object onePassAtATime = new Object();
    private volatile @Nullable Run current;
    private @Nullable Class<?> told;

    protected BackgroundLoop(String threadName) {
        this.threadName = threadName;
    }

    /**
     * Does the work once.
     *
     * @return how long to pause before it is done again
     */
    protected abstract Duration pass() throws InterruptedException;

    /**
     * A pass has failed. If this method throws an exception itself, the thread ends.
     *
     * @param isNew false if the pass before failed too, by the same kind of root cause
     * @return how long to pause before the next pass
     */
    protected abstract Duration failed(Throwable failure, boolean isNew);

    /** {@return how long to pause before the first pass} */
    protected Duration firstPause() {
        return Duration.ZERO;
    }

    /** {@return whether the process may end while the loop runs} */
    protected boolean isDaemon() {
        return false;
    }

    /** {@return how long a stop waits at most until the running pass has ended} */
    protected Duration longestStop() {
        return Duration.ZERO;
    }

    /** Ends a wait that {@link #wake()} does not end. Runs on the thread that calls for the stop. */
    protected void stopping(Thread running) {}

    /** Does what is left after the last pass. It is skipped if {@link #failed} threw an exception. */
    protected void ended() {}

    /** Ends the current pause, or if there is none, the next one. */
    protected final void wake() {
        Run run = current;
        if (run != null) {
            run.wakeUps.release();
        }
    }

    /**
     * Does one pass on the calling thread, including what follows a failure.
     *
     * @return the pause after it
     */
    public final Duration runOnce() throws InterruptedException {
        try {
            Duration pause = pass();
            told = null;
            return pause;
        } catch (RuntimeException | Error failure) {
            Class<?> kind = NestedExceptionUtils.getMostSpecificCause(failure).getClass();
            boolean isNew = kind != told;
            told = kind;
            return failed(failure, isNew);
        }
    }

    @Override
    public synchronized void start() {
        if (current == null) {
            Run run = new Run();
            current = run;
            run.thread.start();
        }
    }

    /** Returns at once. The callback runs when the thread has ended, or has had its time. */
    @Override
    public void stop(Runnable callback) {
        Run run = current;
        if (run == null || !leave(run)) {
            callback.run();
            return;
        }
        run.wakeUps.release();
        stopping(run.thread);
        run.whenEnded(callback);
    }

    @Override
    public void stop() {
        stopAndWait(this);
    }

    /** Waits for what {@link SmartLifecycle#stop(Runnable)} begins. */
    public static void stopAndWait(SmartLifecycle running) {
        CountDownLatch stopped = new CountDownLatch(1);
        running.stop(stopped::countDown);
        try {
            stopped.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return current != null;
    }

    private synchronized boolean leave(Run run) {
        boolean isCurrent = current == run;
        if (isCurrent) {
            current = null;
        }
        return isCurrent;
    }

    /** From one start to the stop that follows it. */
    private final class Run {

        private final Semaphore wakeUps = new Semaphore(0);
        private final CompletableFuture<Void> end = new CompletableFuture<>();
        private final Thread thread = new Thread(this::run, threadName);

        Run() {
            thread.setDaemon(isDaemon());
        }

        private void run() {
            try {
                synchronized (onePassAtATime) {
                    repeat();
                    ended();
                }
            } finally {
                leave(this);
                end.complete(null);
            }
        }

        private void repeat() {
            try {
                pause(firstPause());
                while (current == this && !Thread.currentThread().isInterrupted()) {
                    pause(runOnce());
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private void pause(Duration pause) throws InterruptedException {
            if (wakeUps.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                wakeUps.drainPermits();
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // the callback is what matters
        void whenEnded(Runnable callback) {
            Duration longest = longestStop();
            if (longest.isZero()) {
                callback.run();
                return;
            }
            end.orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS).whenComplete((done, late) -> {
                if (late != null) {
                    LOG.warn("{} is still working after {}; the shutdown goes on without it", threadName, longest);
                }
                callback.run();
            });
        }
    }
}

package dev.outbox.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes the consumers of a service, or the relay inside it, crash where a test requests it. After a crash, everything that
 * the consumer or the relay had in memory is lost: a consumer leaves its group without committing an offset, a relay leaves
 * its lane free at the durable position, as if the process had been killed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class CrashPoints implements Recovering {

    private static final long PATIENCE_SECONDS = 30;

    private final AtomicReference<@Nullable CrashPoint> point = new AtomicReference<>();
    private final List<Runnable> whenAsked = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenRecovered = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch crashed = new CountDownLatch(1);

    CrashPoints() {}

    /** From now on, the consumer or the relay crashes there. */
    public void crashAt(CrashPoint where) {
        crashed = new CountDownLatch(1);
        whenAsked.forEach(Runnable::run);
        point.set(where);
    }

    /**
     * Waits for the crash.
     *
     * @throws AssertionError if the crash point is not reached within half a minute
     */
    public void awaitCrash() {
        try {
            if (!crashed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("Neither a consumer nor a relay has reached %s".formatted(point));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted before the crash", interrupted);
        }
    }

    /** From now on, nothing crashes, and consumers that have crashed are started again. */
    @Override
    public void recover() {
        leave();
        whenRecovered.forEach(Runnable::run);
    }

    boolean isAt(CrashPoint here) {
        return point.get() == here;
    }

    /** {@return whether a crash is requested here; true only once per request} */
    boolean crashesOnceAt(CrashPoint here) {
        return point.compareAndSet(here, null);
    }

    void leave() {
        point.set(null);
    }

    void crashed() {
        crashed.countDown();
    }

    void whenAsked(Runnable reset) {
        whenAsked.add(reset);
    }

    void whenRecovered(Runnable restart) {
        whenRecovered.add(restart);
    }
}

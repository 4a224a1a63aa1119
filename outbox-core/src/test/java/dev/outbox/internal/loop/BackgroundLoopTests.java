package dev.outbox.internal.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BackgroundLoopTests {

    private static final Duration LONG = Duration.ofHours(1);

    private final BlockingQueue<Callable<Duration>> work = new LinkedBlockingQueue<>();
    private final BlockingQueue<Thread> passed = new LinkedBlockingQueue<>();
    private final List<Boolean> told = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Scripted loop = new Scripted();
    private Duration firstPause = Duration.ZERO;
    private Duration longestStop = BackgroundLoop.WITHOUT_LIMIT;

    @AfterEach
    void stop() {
        loop.stop();
    }

    @Test
    void itWorksOnItsOwnThreadUntilItIsStopped() throws InterruptedException {
        loop.start();
        assertThat(pass().getName()).isEqualTo("scripted");
        assertThat(pass().isDaemon()).isTrue();
        assertThat(loop.isRunning()).isTrue();
        loop.stop();
        assertThat(loop.isRunning()).isFalse();
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void aSecondStartDoesNothing() throws InterruptedException {
        loop.start();
        Thread first = pass();
        loop.start();
        assertThat(pass()).isSameAs(first);
    }

    @Test
    void aSignalEndsThePause() throws InterruptedException {
        work.add(() -> LONG);
        loop.start();
        pass();
        loop.wake();
        assertThat(pass()).isNotNull();
    }

    @Test
    void aSignalDuringAPassEndsThePauseAfterIt() throws InterruptedException {
        work.add(() -> {
            loop.wake();
            loop.wake();
            return LONG;
        });
        work.add(() -> LONG);
        loop.start();
        pass();
        assertThat(pass()).isNotNull();
    }

    @Test
    void aStopEndsThePause() throws InterruptedException {
        firstPause = LONG;
        loop.start();
        loop.stop();
        assertThat(ended.getCount()).isZero();
        assertThat(passed).isEmpty();
    }

    @Test
    void itOutlivesFailuresAndErrors() throws InterruptedException {
        work.add(() -> {
            throw new IllegalStateException("on purpose");
        });
        work.add(() -> {
            throw new AssertionError("on purpose");
        });
        loop.start();
        pass();
        pass();
        assertThat(pass()).isNotNull();
    }

    @Test
    void aFailureIsNewUntilItIsToldAndAgainWhenItChangesOrComesBack() throws InterruptedException {
        run(new IllegalStateException("one"), new IllegalStateException("two"));
        run(new IllegalStateException("outside", new UncheckedIOException(new java.io.IOException("another"))));
        run(new IllegalStateException("outside again", new java.io.IOException("the same")));
        loop.runOnce();
        run(new IllegalStateException("again"));
        assertThat(told).containsExactly(true, false, true, false, true);
    }

    @Test
    void anErrorThatIsThrownOnEndsTheThread() throws InterruptedException {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        AtomicReference<Throwable> uncaught = new AtomicReference<>();
        CountDownLatch dead = new CountDownLatch(1);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            uncaught.set(failure);
            dead.countDown();
        });
        try {
            work.add(() -> {
                throw new StackOverflowError("on purpose");
            });
            loop.start();
            await(dead);
            assertThat(uncaught.get()).isInstanceOf(StackOverflowError.class);
            assertThat(loop.isRunning()).isFalse();
            assertThat(ended.getCount()).isOne();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aStopWaitsForThePassAndTellsWhenItHasEnded() throws InterruptedException {
        CountDownLatch going = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        work.add(() -> {
            going.countDown();
            mayEnd.await();
            return LONG;
        });
        loop.start();
        await(going);
        loop.stop(stopped::countDown);
        assertThat(stopped.getCount()).isOne();
        mayEnd.countDown();
        await(stopped);
        assertThat(ended.getCount()).isZero();
    }

    @Test
    void aStopWaitsNoLongerThanItsTime() throws InterruptedException {
        for (Duration longest : List.of(Duration.ZERO, Duration.ofMillis(1))) {
            longestStop = longest;
            CountDownLatch going = new CountDownLatch(1);
            CountDownLatch mayEnd = new CountDownLatch(1);
            work.add(() -> {
                going.countDown();
                mayEnd.await();
                return LONG;
            });
            loop.start();
            await(going);
            loop.stop();
            assertThat(loop.isRunning()).isFalse();
            mayEnd.countDown();
        }
    }

    @Test
    void passesDoNotOverlapWhenItIsStartedAgainBeforeItHasEnded() throws InterruptedException {
        longestStop = Duration.ZERO;
        CountDownLatch going = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        work.add(() -> {
            going.countDown();
            mayEnd.await();
            return LONG;
        });
        loop.start();
        await(going);
        loop.stop();
        loop.start();
        assertThat(loop.isRunning()).isTrue();
        assertThat(passed).isEmpty();
        mayEnd.countDown();
        Thread first = pass();
        assertThat(pass()).isNotSameAs(first);
    }

    @Test
    void whatIsNotRunningStopsAtOnce() throws InterruptedException {
        loop.stop(stopped::countDown);
        await(stopped);
    }

    private void run(Exception... failures) throws InterruptedException {
        for (Exception failure : failures) {
            work.add(() -> {
                throw failure;
            });
            loop.runOnce();
        }
    }

    private Thread pass() throws InterruptedException {
        return passed.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Does the work that the test says; if there is none, nothing. */
    private final class Scripted extends BackgroundLoop {

        Scripted() {
            super("scripted");
        }

        @Override
        protected Duration pass() throws InterruptedException {
            Callable<Duration> next = work.poll();
            try {
                return next == null ? Duration.ofMillis(1) : next.call();
            } catch (RuntimeException | InterruptedException failure) {
                throw failure;
            } catch (Exception checked) {
                throw new IllegalStateException(checked);
            } finally {
                passed.add(Thread.currentThread());
            }
        }

        @Override
        protected Duration failed(Throwable failure, boolean isNew) {
            told.add(isNew);
            if (failure instanceof StackOverflowError fatal) {
                throw fatal;
            }
            return Duration.ZERO;
        }

        @Override
        protected Duration firstPause() {
            return firstPause;
        }

        @Override
        protected boolean isDaemon() {
            return true;
        }

        @Override
        protected Duration longestStop() {
            return longestStop;
        }

        @Override
        protected void ended() {
            ended.countDown();
        }
    }
}

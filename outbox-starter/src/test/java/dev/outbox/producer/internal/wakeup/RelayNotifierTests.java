package dev.outbox.producer.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class RelayNotifierTests {

    private static final String SENT = "sent";

    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final Semaphore pauses = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean failing;

    private final RelayNotifier notifier = new RelayNotifier(
            new RelayNotification() {
                @Override
                public void send() {
                    sent.add(SENT);
                    if (failing) {
                        throw new DataAccessResourceFailureException("no connection");
                    }
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            },
            pauses::acquire);

    @AfterEach
    void stop() {
        notifier.stop();
    }

    @Test
    void theFirstCommitIsToldOfAtOnce() throws InterruptedException {
        notifier.start();
        notifier.committed();
        assertThat(next()).isEqualTo(SENT);
    }

    @Test
    void theCommitsOfAPauseAreOneNotification() throws InterruptedException {
        notifier.start();
        notifier.committed();
        next();
        for (int i = 0; i < 1_000; i++) {
            notifier.committed();
        }
        pauses.release();
        assertThat(next()).isEqualTo(SENT);
        pauses.release();
        notifier.stop();
        closed.await();
        assertThat(sent).isEmpty();
    }

    @Test
    void aNotificationThatFailsIsDroppedAndTheNextOneSent() throws InterruptedException {
        failing = true;
        notifier.start();
        notifier.committed();
        next();
        failing = false;
        notifier.committed();
        pauses.release();
        assertThat(next()).isEqualTo(SENT);
    }

    @Test
    void closesItsConnectionWhenItStops() throws InterruptedException {
        notifier.start();
        assertThat(notifier.isRunning()).isTrue();
        notifier.stop();
        assertThat(closed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(notifier.isRunning()).isFalse();
    }

    private String next() throws InterruptedException {
        return sent.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}

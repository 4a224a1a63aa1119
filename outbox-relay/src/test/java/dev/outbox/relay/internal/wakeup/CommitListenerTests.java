package dev.outbox.relay.internal.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class CommitListenerTests {

    private final BlockingQueue<Runnable> answers = new LinkedBlockingQueue<>();
    private final Semaphore hints = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CommitListener listener =
            new CommitListener(new Scripted(), new LocalHints(() -> List.of(hints::release)), Duration.ofMillis(1));

    @AfterEach
    void stop() {
        listener.stop();
    }

    @Test
    void aNotificationIsAHint() throws InterruptedException {
        listener.start();
        answers.add(() -> {});
        assertThat(hints.tryAcquire(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void itListensAgainAfterTheConnectionWasLost() throws InterruptedException {
        listener.start();
        answers.add(() -> {
            throw new DataAccessResourceFailureException("no connection");
        });
        answers.add(() -> {});
        assertThat(hints.tryAcquire(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void stoppingClosesTheConnection() throws InterruptedException {
        listener.start();
        listener.stop();
        assertThat(closed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(listener.isRunning()).isFalse();
    }

    private final class Scripted implements CommitNotifications {

        @Override
        public boolean await(Duration timeout) {
            try {
                answers.take().run();
                return true;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            answers.add(() -> {
                throw new DataAccessResourceFailureException("closed");
            });
            closed.countDown();
        }
    }
}

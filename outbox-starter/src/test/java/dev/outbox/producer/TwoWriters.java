package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.Patience;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Two threads that make the same change at the same time; whoever is overtaken tries again. */
final class TwoWriters {

    private TwoWriters() {}

    /**
     * Makes the change twice.
     *
     * @param change in a transaction; between reading and writing it calls what it is given, which returns when both have
     *     read
     */
    static void overlap(TransactionTemplate transaction, Consumer<Runnable> change) throws Exception {
        CountDownLatch bothHaveRead = new CountDownLatch(2);
        Runnable writer = () -> changeUntilItWorks(
                transaction,
                () -> change.accept(() -> {
                    bothHaveRead.countDown();
                    await(bothHaveRead);
                }));
        // Of its own, because the common pool may have a single thread.
        ExecutorService writers = Executors.newFixedThreadPool(2);
        try {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(writer, writers), CompletableFuture.runAsync(writer, writers))
                    .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } finally {
            writers.shutdownNow();
        }
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void changeUntilItWorks(TransactionTemplate transaction, Runnable change) {
        boolean done = false;
        while (!done) {
            try {
                transaction.executeWithoutResult(status -> change.run());
                done = true;
            } catch (OptimisticLockingFailureException overtaken) {
                assertThat(overtaken).isNotNull();
            }
        }
    }
}

package dev.outbox.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.bank.Wallet;
import dev.outbox.bank.Wallets;
import dev.outbox.embedded.TestPostgres;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An entity with a mapped field that counts its events. */
@SpringBootTest(classes = {BankApplication.class, TestPostgres.class, RecordedStatements.class})
class JpaCountedCaptureIT {

    @Autowired
    private Wallets wallets;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    /** Of its own, for the common pool may have a single thread. */
    private final ExecutorService writers = Executors.newFixedThreadPool(2);

    private final TransactionTemplate transaction;

    @Autowired
    JpaCountedCaptureIT(PlatformTransactionManager transactionManager) {
        transaction = new TransactionTemplate(transactionManager);
    }

    @BeforeEach
    void clear() {
        wallets.deleteAllInBatch();
        rows.clear();
        statements.clear();
    }

    @AfterEach
    void endWriters() {
        writers.shutdownNow();
    }

    @Test
    void theCountIsChangedBeforeTheEventsAreInsertedAndNoKeyRowIs() {
        wallets.save(new Wallet("w").put(1).put(2));
        statements.clear();

        transaction.executeWithoutResult(
                status -> wallets.save(wallets.findById("w").orElseThrow().put(3)));

        assertThat(statements.onOutbox())
                .singleElement()
                .asString()
                .startsWith("insert into outbox_event")
                .doesNotContain("outbox_key");
        List<String> all = statements.all();
        assertThat(all.get(all.size() - 2)).startsWith("update wallet");
        assertThat(rows.numbersOf("w")).containsExactly(1L, 2L, 3L);
    }

    @Test
    void concurrentWritersGiveEachNumberOnceAndInTheOrderOfCommit() throws Exception {
        wallets.save(new Wallet("w").put(1));
        CountDownLatch bothHaveRead = new CountDownLatch(2);
        CompletableFuture<Void> one = CompletableFuture.runAsync(() -> putUntilItWorks(bothHaveRead), writers);
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> putUntilItWorks(bothHaveRead), writers);
        CompletableFuture.allOf(one, other).get(30, TimeUnit.SECONDS);

        assertThat(rows.numbersOf("w")).containsExactly(1L, 2L, 3L);
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"walletId\":\"w\",\"number\":1,\"balance\":1}",
                        "{\"walletId\":\"w\",\"number\":2,\"balance\":2}",
                        "{\"walletId\":\"w\",\"number\":3,\"balance\":3}");
    }

    private void putUntilItWorks(CountDownLatch bothHaveRead) {
        boolean done = false;
        while (!done) {
            try {
                transaction.executeWithoutResult(status -> {
                    Wallet wallet = wallets.findById("w").orElseThrow();
                    bothHaveRead.countDown();
                    awaitLatch(bothHaveRead);
                    wallets.save(wallet.put(1));
                });
                done = true;
            } catch (OptimisticLockingFailureException overtaken) {
                assertThat(overtaken).isNotNull();
            }
        }
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}

package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.bank.Wallet;
import dev.outbox.bank.Wallets;
import dev.outbox.embedded.TestPostgres;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
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

    private final TransactionTemplate transaction;

    @Autowired
    JpaCountedCaptureIT(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        transaction = template(transactionManager, factory);
    }

    TransactionTemplate template(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        return new TransactionTemplate(transactionManager);
    }

    @BeforeEach
    void clear() {
        wallets.deleteAllInBatch();
        rows.clear();
        statements.clear();
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
    void theCommitGoesAlong() {
        wallets.save(new Wallet("w").put(1));
        assertThat(statements.onOutbox()).singleElement().asString().endsWith("; commit");
    }

    @Test
    void concurrentWritersGiveEachNumberOnceAndInTheOrderOfCommit() throws Exception {
        wallets.save(new Wallet("w").put(1));
        TwoWriters.overlap(transaction, awaitOther -> {
            Wallet wallet = wallets.findById("w").orElseThrow();
            awaitOther.run();
            wallets.save(wallet.put(1));
        });

        assertThat(rows.numbersOf("w")).containsExactly(1L, 2L, 3L);
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"walletId\":\"w\",\"number\":1,\"balance\":1}",
                        "{\"walletId\":\"w\",\"number\":2,\"balance\":2}",
                        "{\"walletId\":\"w\",\"number\":3,\"balance\":3}");
    }
}

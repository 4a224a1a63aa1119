package dev.outbox.eventstore.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.ledger.Account;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.LedgerRows;
import dev.outbox.ledger.MoneyDeposited;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Every load with a snapshot is compared with the whole stream. */
@SpringBootTest(classes = LedgerApplication.class, properties = "outbox.eventstore.snapshot.verify-one-in=1")
@Import(SimpleMeterRegistry.class)
@ExtendWith(OutputCaptureExtension.class)
class VerifiedSnapshotIT {

    @Autowired
    EventSourcedRepository<Account> accounts;

    @Autowired
    LedgerRows rows;

    @Autowired
    MeterRegistry meters;

    @Autowired
    PlatformTransactionManager manager;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void takeSnapshot() {
        accounts.execute(
                id, none -> List.of(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 6)));
        assertThat(snapshots()).isOne();
    }

    @Test
    void aRightSnapshotIsKept(CapturedOutput output) {
        double before = differences();

        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Ada", 11));

        assertThat(snapshots()).isOne();
        assertThat(differences()).isEqualTo(before);
        assertThat(output).doesNotContain("differs from what its events make");
    }

    @Test
    void aWrongSnapshotIsDroppedAndSaidToBeWrong(CapturedOutput output) {
        double before = differences();
        spoil();

        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Ada", 11));

        assertThat(snapshots()).isZero();
        assertThat(differences()).isEqualTo(before + 1);
        assertThat(output).contains("The snapshot of Account " + id + " at 3 differs from what its events make");
    }

    @Test
    void itIsDroppedByAReadOnlyTransactionAsWell() {
        spoil();
        TransactionTemplate reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);

        Account loaded = reading.execute(status -> accounts.load(id).get());

        assertThat(loaded).isEqualTo(new Account(id, "Ada", 11));

        assertThat(snapshots()).isZero();
    }

    private void spoil() {
        rows.jdbc()
                .sql("update outbox_snapshot set state = :state where aggregateid = :id")
                .param(
                        "state",
                        "{\"id\":\"%s\",\"owner\":\"Ada\",\"balance\":12}"
                                .formatted(id)
                                .getBytes(StandardCharsets.UTF_8))
                .param("id", id)
                .update();
    }

    private long snapshots() {
        return rows.jdbc()
                .sql("select count(*) from outbox_snapshot where aggregateid = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private double differences() {
        return meters.get("outbox.eventstore.snapshot.differences")
                .tag("aggregate", "Account")
                .counter()
                .count();
    }
}

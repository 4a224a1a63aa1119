package dev.outbox.eventstore.aggregate;

import static dev.outbox.eventstore.ExpectedVersion.any;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.VersionConflictException;
import dev.outbox.ledger.Account;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.Accounts;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.LedgerRows;
import dev.outbox.ledger.Limit;
import dev.outbox.ledger.LimitSet;
import dev.outbox.ledger.MoneyDeposited;
import dev.outbox.ledger.MoneyWithdrawn;
import dev.outbox.producer.Outbox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Aggregates, and their snapshots after every third event. Each test has an account of its own. */
@SpringBootTest(
        classes = LedgerApplication.class,
        properties = {"outbox.eventstore.snapshot.verify-one-in=0", "outbox.eventstore.retry.attempts=1000"})
class EventSourcedIT {

    @Autowired
    EventSourcedRepository<Account> accounts;

    @Autowired
    EventSourcedRepository<Limit> limits;

    @Autowired
    EventStore store;

    @Autowired
    Outbox outbox;

    @Autowired
    LedgerRows rows;

    @Autowired
    PlatformTransactionManager manager;

    private TransactionTemplate transaction = new TransactionTemplate();
    private String id = "";

    @BeforeEach
    void newAccount() {
        id = UUID.randomUUID().toString();
        transaction = new TransactionTemplate(manager);
    }

    @Test
    void theStateIsWhatTheEventsMakeOfIt() {
        assertThat(accounts.load(id).exists()).isFalse();
        Versioned<Account> opened =
                accounts.execute(id, none -> List.of(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5)));
        assertThat(opened.get()).isEqualTo(new Account(id, "Ada", 5));
        assertThat(opened.version()).isEqualTo(2);
        assertThat(Objects.requireNonNull(opened.appended()).version()).isEqualTo(2);

        accounts.execute(id, account -> withdraw(account, 3));

        Versioned<Account> loaded = accounts.load(id);
        assertThat(loaded.get()).isEqualTo(new Account(id, "Ada", 2));
        assertThat(loaded.version()).isEqualTo(3);
    }

    @Test
    void aServiceOfFewLines(@Autowired Accounts service) {
        assertThatIllegalStateException()
                .isThrownBy(() -> service.deposit(id, 1))
                .withMessageContaining("the aggregate has no event yet");
        service.open(id, "Ada");
        service.open(id, "Ada");
        service.deposit(id, 10);
        service.withdraw(id, 7);
        assertThatIllegalStateException()
                .isThrownBy(() -> service.withdraw(id, 7))
                .withMessage("Not enough money");

        assertThat(service.balance(id)).isEqualTo(3);
        assertThat(rows.in("outbox_event", stream()))
                .containsExactly("AccountOpened 1", "MoneyDeposited 2", "MoneyWithdrawn 3");
    }

    @Test
    void aMutableStateServesAsWell() {
        limits.execute(id, none -> List.of(new LimitSet(id, 1), new LimitSet(id, 2)));
        limits.execute(
                id,
                limit -> List.of(new LimitSet(id, Objects.requireNonNull(limit).amount() + 1)));

        assertThat(limits.load(id).get().amount()).isEqualTo(3);
    }

    @Test
    void aDecisionMayHaveNoEvents() {
        assertThat(accounts.execute(id, none -> List.of()).exists()).isFalse();
        assertThat(rows.keys(stream())).isZero();
    }

    @Test
    void aDecisionThatRefusesChangesNothing() {
        open();
        assertThatIllegalArgumentException().isThrownBy(() -> accounts.execute(id, account -> withdraw(account, 1)));
        assertThat(accounts.load(id).version()).isOne();
    }

    @Test
    void whoIsOvertakenDecidesAgain() {
        open();
        AtomicInteger decisions = new AtomicInteger();

        Versioned<Account> after = accounts.execute(id, account -> {
            if (decisions.incrementAndGet() == 1) {
                elsewhere(() -> accounts.execute(id, other -> List.of(MoneyDeposited.of(id, 10))));
            }
            return withdraw(account, decisions.get() == 1 ? 0 : 10);
        });

        assertThat(decisions).hasValue(2);
        assertThat(after.get().balance()).isZero();
        assertThat(after.version()).isEqualTo(3);
    }

    @Test
    void withinATransactionAConflictIsForTheCaller() {
        open();
        AtomicInteger decisions = new AtomicInteger();

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> accounts.execute(id, account -> {
                    if (decisions.incrementAndGet() == 1) {
                        elsewhere(() -> accounts.execute(id, other -> List.of(MoneyDeposited.of(id, 10))));
                    }
                    return List.of(MoneyDeposited.of(id, 1));
                })));

        assertThat(decisions).hasValue(1);
        assertThat(accounts.load(id).get().balance()).isEqualTo(10);
    }

    @Test
    void aTransactionSeesWhatItHasRaised() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new AccountOpened(id, "Ada"));
            accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 4)));
            outbox.publish(MoneyDeposited.of(id, 5));
            assertThat(accounts.load(id).get().balance()).isEqualTo(9);
        });
        assertThat(accounts.load(id).version()).isEqualTo(3);
    }

    @Test
    void racingCommandsLoseNoEvent() throws Exception {
        open();
        ExecutorService tellers = Executors.newFixedThreadPool(6);
        List<Future<?>> done = new ArrayList<>();
        for (int teller = 0; teller < 6; teller++) {
            boolean deposits = teller % 2 == 0;
            done.add(tellers.submit(() -> {
                for (int i = 0; i < 20; i++) {
                    accounts.execute(
                            id, account -> List.of(deposits ? MoneyDeposited.of(id, 7) : new MoneyWithdrawn(id, 3)));
                }
            }));
        }
        for (Future<?> each : done) {
            each.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        tellers.shutdownNow();

        Versioned<Account> after = accounts.load(id);
        assertThat(after.version()).isEqualTo(121);
        assertThat(after.get().balance()).isEqualTo(60 * 7 - 60 * 3);
        assertThat(snapshotVersion()).isBetween(119L, 121L);
        forgetSnapshot();
        assertThat(accounts.load(id)).as("without a snapshot").isEqualTo(after);
    }

    @Test
    void aSnapshotIsTakenWithTheThirdEventAndUsed() {
        open();
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 5)));
        assertThat(snapshots()).isZero();
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 5)));
        assertThat(snapshotVersion()).isEqualTo(3);

        snapshotSays("{\"id\":\"%s\",\"owner\":\"Snapshot\",\"balance\":100}");
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 1)));

        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Snapshot", 101));
    }

    @Test
    void aSnapshotIsRolledBackWithItsEvents() {
        open();
        transaction.executeWithoutResult(status -> {
            accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 6)));
            assertThat(snapshotVersion()).isEqualTo(3);
            status.setRollbackOnly();
        });

        assertThat(snapshots()).isZero();
        assertThat(accounts.load(id).get().balance()).isZero();
    }

    @Test
    void aSnapshotOfAnotherShapeIsIgnoredAndReplaced() {
        open();
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 6)));
        snapshotSays("{\"id\":\"%s\",\"owner\":\"Snapshot\",\"balance\":100}");
        rows.jdbc()
                .sql("update outbox_snapshot set fingerprint = 'another', version = 50 where aggregateid = :id")
                .param("id", id)
                .update();

        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Ada", 11));
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 1)));

        assertThat(snapshotVersion()).isEqualTo(4);
        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Ada", 12));
    }

    @Test
    void aSnapshotThatCannotBeReadIsIgnored() {
        open();
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 6)));
        snapshotSays("no JSON of %s");

        assertThat(accounts.load(id).get().balance()).isEqualTo(11);
    }

    @Test
    void eventsOfOthersCountForTheNextSnapshot() {
        transaction.executeWithoutResult(status -> store.append(
                stream(),
                any(),
                List.of(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 1), MoneyDeposited.of(id, 2))));
        accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 3)));

        assertThat(snapshotVersion()).isEqualTo(4);
    }

    private void open() {
        accounts.execute(id, none -> List.of(new AccountOpened(id, "Ada")));
    }

    private List<?> withdraw(@Nullable Account account, long amount) {
        if (Objects.requireNonNull(account).balance() < amount) {
            throw new IllegalArgumentException("Not enough money");
        }
        return List.of(new MoneyWithdrawn(id, amount));
    }

    private AggregateRef stream() {
        return new AggregateRef("Account", id);
    }

    /** In a thread of its own, and so in a transaction of its own. */
    private static void elsewhere(Runnable command) {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            other.submit(command).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        } finally {
            other.shutdownNow();
        }
    }

    private long snapshots() {
        return rows.jdbc()
                .sql("select count(*) from outbox_snapshot where aggregateid = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private long snapshotVersion() {
        return rows.jdbc()
                .sql("select version from outbox_snapshot where aggregateid = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private void snapshotSays(String json) {
        rows.jdbc()
                .sql("update outbox_snapshot set state = :state where aggregateid = :id")
                .param("state", json.formatted(id).getBytes(StandardCharsets.UTF_8))
                .param("id", id)
                .update();
    }

    private void forgetSnapshot() {
        rows.jdbc()
                .sql("delete from outbox_snapshot where aggregateid = :id")
                .param("id", id)
                .update();
    }
}

package dev.outbox.eventstore.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.Patience;
import dev.outbox.event.AggregateRef;
import dev.outbox.eventstore.Appended;
import dev.outbox.eventstore.EventStore;
import dev.outbox.eventstore.ExpectedVersion;
import dev.outbox.eventstore.VersionConflictException;
import dev.outbox.ledger.Account;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.LedgerRows;
import dev.outbox.ledger.MoneyDeposited;
import dev.outbox.ledger.NoteAdded;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The commit of a command goes along with its append, in the command's own transaction, unless something comes in between. */
@SpringBootTest(
        classes = LedgerApplication.class,
        properties = {"outbox.eventstore.snapshot.verify-one-in=0", "outbox.eventstore.retry.attempts=2"})
@Import(CommandCommitContract.Recorded.class)
abstract class CommandCommitContract {

    @Autowired
    EventSourcedRepository<Account> accounts;

    @Autowired
    EventStore store;

    @Autowired
    Outbox outbox;

    @Autowired
    LedgerRows rows;

    @Autowired
    Recorded recorded;

    @Autowired
    PlatformTransactionManager manager;

    private String id = "";

    @BeforeEach
    void newAccount() {
        id = UUID.randomUUID().toString();
        rows.jdbc().sql("create table if not exists remark (account text)").update();
        recorded.statements.clear();
    }

    @Test
    void aCommandIsALoadAndAnAppendWithItsCommit() {
        open();

        assertThat(recorded.ends()).containsExactly("order by aggregate_seq", "commit");
        assertThat(rows.in("outbox_event_stored", stream())).containsExactly("AccountOpened 1");
    }

    @Test
    void soIsOneWithSeveralEvents() {
        Versioned<Account> opened =
                accounts.execute(id, none -> List.of(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5)));

        assertThat(recorded.ends()).containsExactly("order by aggregate_seq", "commit");
        assertThat(opened.get()).isEqualTo(new Account(id, "Ada", 5));
        assertThat(place(opened).version()).isEqualTo(2);
        assertThat(place(opened).lastSeq()).isEqualTo(lastSeq());
        assertThat(place(opened).transaction()).isEqualTo(transactionOfTheLast());
    }

    @Test
    void withASnapshotTheCommitComesAfterIt() {
        accounts.execute(
                id, none -> List.of(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 6)));

        assertThat(recorded.ends()).isNotEmpty().doesNotContain("commit");
        assertThat(accounts.load(id).version()).isEqualTo(3);
    }

    @Test
    void whatAnOvertakenCommandHasDoneIsNotCommitted() {
        open();
        AtomicInteger decisions = new AtomicInteger();
        List<Integer> ends = new ArrayList<>();

        Versioned<Account> after = accounts.execute(id, account -> {
            noteEnd(ends);
            remark();
            if (decisions.incrementAndGet() == 1) {
                elsewhere(() -> accounts.execute(id, other -> List.of(MoneyDeposited.of(id, 10))));
            }
            return List.of(MoneyDeposited.of(id, 1));
        });

        assertThat(decisions).hasValue(2);
        assertThat(after.get().balance()).isEqualTo(11);
        assertThat(ends)
                .containsExactly(
                        TransactionSynchronization.STATUS_ROLLED_BACK, TransactionSynchronization.STATUS_COMMITTED);
        assertThat(remarks()).isOne();
    }

    @Test
    void whoIsAlwaysOvertakenIsToldSo() {
        open();
        long before = lastSeq();

        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> accounts.execute(id, account -> {
                    remark();
                    elsewhere(() -> accounts.execute(id, other -> List.of(MoneyDeposited.of(id, 10))));
                    return List.of(MoneyDeposited.of(id, 1));
                }))
                .satisfies(conflict -> {
                    assertThat(conflict.stream()).isEqualTo(stream());
                    assertThat(conflict.expected()).isEqualTo(ExpectedVersion.exactly(2));
                    assertThat(conflict.actual()).isEqualTo(3);
                });

        assertThat(remarks()).isZero();
        assertThat(rows.in("outbox_event_stored", stream()))
                .containsExactly("AccountOpened 1", "MoneyDeposited 2", "MoneyDeposited 3");
        assertThat(lastSeq()).as("numbers that were drawn").isEqualTo(before + 2);
    }

    @Test
    void twoThatBeginTheSameStreamDoNotBothBegin() {
        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> accounts.execute(id, none -> {
                    if (none == null) {
                        elsewhere(this::open);
                        return List.of(new AccountOpened(id, "Bo"));
                    }
                    elsewhere(() -> accounts.execute(id, other -> List.of(MoneyDeposited.of(id, 10))));
                    return List.of(MoneyDeposited.of(id, 1));
                }));

        assertThat(accounts.load(id).get()).isEqualTo(new Account(id, "Ada", 10));
    }

    @Test
    void eventsThatAreRaisedAfterTheDecisionComeAfterItsOwnAndWithTheSameCommit() {
        accounts.execute(id, none -> {
            outbox.publish(new NoteAdded(id, "before"));
            beforeCommit(() -> {
                outbox.publish(MoneyDeposited.of(id, 5));
                outbox.publish(new NoteAdded(id, "after"));
            });
            return List.of(new AccountOpened(id, "Ada"));
        });

        assertThat(rows.in("outbox_event_stored", stream())).containsExactly("AccountOpened 1", "MoneyDeposited 2");
        assertThat(rows.in("outbox_event", new AggregateRef("Note", id))).hasSize(2);
        assertThat(recorded.ends().stream().filter(end -> end.endsWith("commit")))
                .as("commits that went along")
                .hasSize(1);
    }

    @Test
    void ifTheEventsOfOthersAreRefusedSoAreThoseOfTheCommand() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> accounts.execute(id, none -> {
                    beforeCommit(() -> outbox.publish(new NoteAdded(id, "x".repeat(10_000_000))));
                    return List.of(new AccountOpened(id, "Ada"));
                }));

        assertThat(rows.in("outbox_event_stored", stream())).isEmpty();
    }

    @Test
    void whoReadsTheStreamBeforeTheCommitReadsWhatWasDecided() {
        List<Integer> read = new ArrayList<>();

        Versioned<Account> opened = accounts.execute(id, none -> {
            beforeCommit(() -> read.add(store.read(stream()).size()));
            return List.of(new AccountOpened(id, "Ada"));
        });

        assertThat(read).containsExactly(1);
        assertThat(place(opened).version()).isOne();
        assertThat(rows.in("outbox_event_stored", stream())).containsExactly("AccountOpened 1");
    }

    @Test
    void whoAppendsBeforeTheCommitAppendsAfterIt() {
        accounts.execute(id, none -> {
            beforeCommit(() -> store.append(stream(), ExpectedVersion.exactly(1), List.of(MoneyDeposited.of(id, 5))));
            return List.of(new AccountOpened(id, "Ada"));
        });

        assertThat(rows.in("outbox_event_stored", stream())).containsExactly("AccountOpened 1", "MoneyDeposited 2");
    }

    @Test
    void aTransactionThatIsMarkedBeforeTheCommitIsRefused() {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> accounts.execute(id, none -> {
                    beforeCommit(this::markRollbackOnly);
                    return List.of(new AccountOpened(id, "Ada"));
                }));

        assertThat(rows.in("outbox_event_stored", stream())).isEmpty();
    }

    @Test
    void aDecisionThatFailsAppendsNothing() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> accounts.execute(id, none -> {
                    remark();
                    throw new IllegalStateException("refused");
                }));

        assertThat(remarks()).isZero();
    }

    @Test
    void withinATransactionTheVersionIsTakenWhenItReturns() {
        open();
        new TransactionTemplate(manager).executeWithoutResult(status -> {
            Versioned<Account> after = accounts.execute(id, account -> List.of(MoneyDeposited.of(id, 1)));
            assertThat(place(after).version()).isEqualTo(2);
            assertThat(rows.in("outbox_event_stored", stream())).hasSize(2);
            status.setRollbackOnly();
        });

        assertThat(accounts.load(id).version()).isOne();
    }

    private void open() {
        accounts.execute(id, none -> List.of(new AccountOpened(id, "Ada")));
    }

    private void markRollbackOnly() {
        new TransactionTemplate(manager).executeWithoutResult(inner -> inner.setRollbackOnly());
    }

    final void beforeCommit(Runnable callback) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                callback.run();
            }
        });
    }

    private static void noteEnd(List<Integer> ends) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                ends.add(status);
            }
        });
    }

    final AggregateRef stream() {
        return new AggregateRef("Account", id);
    }

    final String id() {
        return id;
    }

    private static Appended place(Versioned<Account> account) {
        return Objects.requireNonNull(account.appended());
    }

    private void remark() {
        rows.jdbc().sql("insert into remark values (:id)").param("id", id).update();
    }

    private long remarks() {
        return rows.jdbc()
                .sql("select count(*) from remark where account = :id")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    private long lastSeq() {
        return rows.lastSeq();
    }

    private long transactionOfTheLast() {
        return rows.jdbc()
                .sql("select max(xid) from outbox_event_stored where aggregateid = :id")
                .param("id", id)
                .query(Long.class)
                .single();
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

    /** How the statements of streams end that reach the database. */
    static final class Recorded implements BeanPostProcessor, QueryExecutionListener {

        private final List<String> statements = new CopyOnWriteArrayList<>();

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof DataSource dataSource
                    ? ProxyDataSourceBuilder.create(dataSource).listener(this).build()
                    : bean;
        }

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            queries.forEach(query -> statements.add(query.getQuery().toLowerCase(Locale.ROOT)));
        }

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

        List<String> ends() {
            return statements.stream()
                    .filter(statement -> statement.contains("outbox_event"))
                    .map(statement -> statement.strip().lines().reduce("", (first, last) -> last.strip()))
                    .toList();
        }
    }
}

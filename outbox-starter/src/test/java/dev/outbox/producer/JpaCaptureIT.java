package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.outbox.bank.Account;
import dev.outbox.bank.AccountOpened;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.embedded.WaitingSessions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        classes = {
            BankApplication.class,
            TestPostgres.class,
            RecordedStatements.class,
            JpaCaptureIT.DuringTheFlush.class
        })
class JpaCaptureIT {

    @Autowired
    private Accounts accounts;

    @Autowired
    private ApplicationEventPublisher publisher;

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private EntityManager entityManager;

    @Autowired
    private DuringTheFlush duringTheFlush;

    /** Of its own, because the common pool may have a single thread. */
    private final ExecutorService writers = Executors.newFixedThreadPool(2);

    private final TransactionTemplate transaction;
    private final TransactionTemplate newTransaction;

    @Autowired
    JpaCaptureIT(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        transaction = template(transactionManager, factory);
        newTransaction = template(transactionManager, factory);
        newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    TransactionTemplate template(PlatformTransactionManager transactionManager, EntityManagerFactory factory) {
        return new TransactionTemplate(transactionManager);
    }

    @BeforeEach
    void clear() {
        accounts.deleteAllInBatch();
        rows.clear();
        statements.clear();
    }

    @AfterEach
    void endWriters() {
        writers.shutdownNow();
    }

    @Test
    void hearsEveryWayInWhichSpringRaisesEventsInOneStatementAndInOrder() {
        transaction.executeWithoutResult(status -> {
            accounts.save(Account.open("a", "Ada").deposit(5));
            publisher.publishEvent(new BalanceChanged("b", 1));
            outbox.publish(new BalanceChanged("b", 2));
            publisher.publishEvent("something else");
        });
        assertThat(statements.onOutbox())
                .filteredOn(JpaCaptureIT::insertsEvents)
                .hasSize(1);
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"accountId\":\"a\",\"owner\":\"Ada\"}",
                        "{\"accountId\":\"a\",\"balance\":5}",
                        "{\"accountId\":\"b\",\"balance\":1}",
                        "{\"accountId\":\"b\",\"balance\":2}");
    }

    @Test
    void aTransactionWithoutEventsCostsNoStatement() {
        transaction.executeWithoutResult(status -> accounts.count());
        assertThat(statements.onOutbox()).isEmpty();
    }

    @Test
    void storesTheEnvelope() {
        transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1)));
        Map<String, @Nullable Object> row = jdbc.sql("""
                        select type, version, aggregatetype, aggregateid, aggregate_seq, topic, source, contenttype,
                            substr(cast(id as char(36)), 15, 1) as uuid_version
                        from outbox_event
                        """).query().singleRow();
        assertThat(row)
                .containsEntry("type", "BalanceChanged")
                .containsEntry("version", 3)
                .containsEntry("aggregatetype", "Account")
                .containsEntry("aggregateid", "a")
                .containsEntry("aggregate_seq", 1L)
                .containsEntry("topic", "outbox.event.Account")
                .containsEntry("source", "/bank")
                .containsEntry("contenttype", "application/json")
                .containsEntry("uuid_version", "7");
    }

    /** An outbox row written as an entity would come first: Hibernate flushes inserts before updates. */
    @Test
    void writesTheEventsAfterTheChangesOfTheAggregates() {
        accounts.save(Account.open("a", "Ada"));
        statements.clear();
        transaction.executeWithoutResult(status ->
                accounts.findById("a").orElseThrow().depositSilently(1).balance());
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("a", 2));
            accounts.findById("a").orElseThrow().depositSilently(1);
        });
        List<String> all = statements.all().stream()
                .filter(statement -> insertsEvents(statement) || !statement.contains("outbox_key"))
                .toList();
        assertThat(all.get(all.size() - 2)).startsWith("update account");
        assertThat(all.get(all.size() - 1)).matches(JpaCaptureIT::insertsEvents);
    }

    @Test
    void rollbackPublishesNothing() {
        transaction.executeWithoutResult(status -> {
            accounts.save(Account.open("a", "Ada"));
            status.setRollbackOnly();
        });
        assertThat(rows.payloads()).isEmpty();
        assertThat(accounts.count()).isZero();
    }

    @Test
    void aNewTransactionInsideOneThatRollsBackPublishesOnlyItsOwn() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("outer", 1));
            newTransaction.executeWithoutResult(inner -> outbox.publish(new BalanceChanged("inner", 1)));
            outbox.publish(new BalanceChanged("outer", 2));
            status.setRollbackOnly();
        });
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"inner\",\"balance\":1}");
    }

    @Test
    void theEventsOfASuspendedTransactionStayWithIt() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("outer", 1));
            newTransaction.executeWithoutResult(inner -> {
                outbox.publish(new BalanceChanged("inner", 1));
                inner.setRollbackOnly();
            });
            outbox.publish(new BalanceChanged("outer", 2));
        });
        assertThat(rows.payloads())
                .containsExactly("{\"accountId\":\"outer\",\"balance\":1}", "{\"accountId\":\"outer\",\"balance\":2}");
    }

    @Test
    void catchesEventsThatOtherCallbacksRaiseBeforeTheCommit() {
        transaction.executeWithoutResult(status ->
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void beforeCommit(boolean readOnly) {
                        accounts.save(Account.open("a", "Ada"));
                    }

                    @Override
                    public void beforeCompletion() {
                        outbox.publish(new BalanceChanged("a", 7));
                    }
                }));
        assertThat(statements.onOutbox())
                .filteredOn(JpaCaptureIT::insertsEvents)
                .hasSize(1);
        assertThat(rows.payloads())
                .containsExactly("{\"accountId\":\"a\",\"owner\":\"Ada\"}", "{\"accountId\":\"a\",\"balance\":7}");
    }

    @Test
    void catchesEventsThatEntityCallbacksRaiseDuringTheFlush() {
        accounts.save(Account.open("a", "Ada"));
        rows.clear();
        transaction.executeWithoutResult(
                status -> accounts.findById("a").orElseThrow().depositSilently(Account.BONUS_FROM));
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"a\",\"balance\":1000}");
    }

    @Test
    void anEntityCallbackMayUseATransactionOfItsOwnDuringTheFlush() {
        accounts.save(Account.open("a", "Ada"));
        rows.clear();
        duringTheFlush.action =
                () -> newTransaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("audit", 1)));
        try {
            transaction.executeWithoutResult(
                    status -> accounts.findById("a").orElseThrow().depositSilently(Account.BONUS_FROM));
        } finally {
            duringTheFlush.action = () -> {};
        }
        assertThat(rows.payloads())
                .containsExactly("{\"accountId\":\"audit\",\"balance\":1}", "{\"accountId\":\"a\",\"balance\":1000}");
    }

    @Test
    void concurrentWritersOfAnAggregateWithOptimisticLockingPublishInTheOrderOfCommit() throws Exception {
        accounts.save(Account.open("a", "Ada"));
        TwoWriters.overlap(transaction, awaitOther -> {
            Account account = accounts.findById("a").orElseThrow();
            awaitOther.run();
            accounts.save(account.deposit(1));
        });
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"accountId\":\"a\",\"owner\":\"Ada\"}",
                        "{\"accountId\":\"a\",\"balance\":1}",
                        "{\"accountId\":\"a\",\"balance\":2}");
    }

    @Test
    void concurrentWritersOfAnAggregateWithPessimisticLockingPublishInTheOrderOfCommit() throws Exception {
        accounts.save(Account.open("a", "Ada"));
        CountDownLatch firstHasTheLock = new CountDownLatch(1);
        CompletableFuture<Void> first = CompletableFuture.runAsync(
                () -> transaction.executeWithoutResult(status -> {
                    Account account = accounts.lock("a");
                    firstHasTheLock.countDown();
                    awaitABlockedBackend();
                    accounts.save(account.deposit(1));
                }),
                writers);
        CompletableFuture<Void> second = CompletableFuture.runAsync(
                () -> {
                    TwoWriters.await(firstHasTheLock);
                    // Has its transaction id, and so an older one than the first, before it waits.
                    transaction.executeWithoutResult(status -> {
                        drawTransactionId();
                        accounts.save(accounts.lock("a").deposit(1));
                    });
                },
                writers);
        CompletableFuture.allOf(first, second).get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"accountId\":\"a\",\"owner\":\"Ada\"}",
                        "{\"accountId\":\"a\",\"balance\":1}",
                        "{\"accountId\":\"a\",\"balance\":2}");
    }

    @Test
    void refusesAnEventAfterTheCommit() {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                outbox.publish(new AccountOpened("late", "Lea"));
                            }
                        })))
                .withMessageContaining("AccountOpened")
                .withMessageContaining("REQUIRES_NEW");
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void whatACommitWouldNotFlushIsNotFlushedEitherWithOrWithoutEvents() {
        accounts.save(Account.open("a", "Ada"));
        rows.clear();

        transaction.executeWithoutResult(status -> {
            entityManager.setProperty("org.hibernate.flushMode", "MANUAL");
            accounts.findById("a").orElseThrow().depositSilently(1);
        });
        transaction.executeWithoutResult(status -> {
            entityManager.setProperty("org.hibernate.flushMode", "MANUAL");
            accounts.findById("a").orElseThrow().depositSilently(1);
            outbox.publish(new BalanceChanged("b", 1));
        });

        assertThat(balances()).containsExactly(0L);
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"b\",\"balance\":1}");
    }

    @Test
    void aReadOnlyTransactionEndsAsItDoesWithoutTheOutbox() {
        accounts.save(Account.open("a", "Ada"));
        statements.clear();
        transaction.setReadOnly(true);

        transaction.executeWithoutResult(status -> {
            accounts.findById("a").orElseThrow().depositSilently(1);
            entityManager.persist(Account.open("b", "Bob"));
        });

        assertThat(statements.all()).noneMatch(statement -> statement.startsWith("insert"));
        assertThat(balances()).containsExactly(0L);
    }

    @Test
    void anEventOfATransactionThatIsMarkedWhileItCommitsIsNotLostAlone() {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    accounts.save(Account.open("a", "Ada"));
                    TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                        @Override
                        public void beforeCommit(boolean readOnly) {
                            status.setRollbackOnly();
                        }
                    });
                }))
                .withMessageStartingWith("AccountOpened")
                .withMessageContaining("marked rollback-only while it was committing");
        assertThat(balances()).isEmpty();
    }

    private List<Long> balances() {
        return jdbc.sql("select balance from account").query(Long.class).list();
    }

    private void awaitABlockedBackend() {
        await().atMost(Patience.LIMIT).until(() -> WaitingSessions.of(kind(), dataSource) > 0);
    }

    private void drawTransactionId() {
        if (kind() == DatabaseKind.POSTGRESQL) {
            jdbc.sql("select pg_current_xact_id()").query().singleValue();
        }
    }

    DatabaseKind kind() {
        return DatabaseKind.POSTGRESQL;
    }

    private static boolean insertsEvents(String statement) {
        return statement.contains("insert into outbox_event");
    }

    /** Acts when an entity callback raises its event. */
    static class DuringTheFlush {

        private Runnable action = () -> {};

        @EventListener
        void on(BalanceChanged event) {
            if (event.balance() >= Account.BONUS_FROM) {
                action.run();
            }
        }
    }
}

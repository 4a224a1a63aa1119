package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.bank.WalletChanged;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.stream.StoredAggregates;
import dev.outbox.internal.wakeup.CommitHint;
import dev.outbox.producer.internal.metrics.CaptureMeters;
import dev.outbox.producer.internal.persistence.PersistenceFlush;
import dev.outbox.producer.internal.write.CountedEvent;
import dev.outbox.producer.internal.write.OutboxWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The commit goes along with the last statement where nothing can come in between, and nowhere else. */
@SpringBootTest(properties = "outbox.packages=dev.outbox.bank")
class JdbcCommitIT {

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
    private OutboxTransactionListeners listeners;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @BeforeEach
    void clear() {
        jdbc.sql("drop table if exists wallet").update();
        // Checked at the commit, and not before.
        jdbc.sql("create table wallet (id text unique deferrable initially deferred)")
                .update();
        rows.clear();
        statements.clear();
    }

    @Test
    void theCommitGoesAlongWithTheStatementThatWritesTheEvents() {
        in(transactionManager, () -> outbox.publish(new BalanceChanged("a", 1)));
        in(transactionManager, () -> outbox.publish(new WalletChanged("w", 1, 1)));
        in(transactionManager, () -> LongStream.range(0, 9).forEach(i -> outbox.publish(new BalanceChanged("b", i))));

        assertThat(statements.onOutbox()).hasSize(3).allMatch(JdbcCommitIT::commits);
        assertThat(rows.payloads()).hasSize(11);
    }

    @Test
    void ofTwoStatementsItGoesAlongWithTheLast() {
        in(transactionManager, () -> {
            outbox.publish(new WalletChanged("w", 1, 1));
            outbox.publish(new BalanceChanged("a", 1));
        });

        assertThat(statements.onOutbox()).extracting(JdbcCommitIT::commits).containsExactly(false, true);
        assertThat(rows.payloads()).hasSize(2);
    }

    @Test
    void ifTheEventsAreRefusedNothingIsCommitted() {
        jdbc.sql("alter table outbox_event add constraint refused check (aggregateid <> 'refused')")
                .update();
        try {
            List<Integer> ends = new ArrayList<>();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> in(transactionManager, () -> {
                        openWallet("w");
                        outbox.publish(new BalanceChanged("refused", 1));
                        TransactionSynchronizationManager.registerSynchronization(noteEnd(ends));
                    }));
            assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        } finally {
            jdbc.sql("alter table outbox_event drop constraint refused").update();
        }
        assertThat(wallets()).isZero();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void theFirstLineOfAFailureSaysWhatTheServerSaid() {
        jdbc.sql("drop role if exists powerless").update();
        jdbc.sql("create role powerless").update();

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> in(transactionManager, () -> {
                    jdbc.sql("set local role powerless").update();
                    outbox.publish(new BalanceChanged("a", 1));
                }))
                .satisfies(failed -> assertThat(
                                String.valueOf(failed.getMessage()).lines())
                        .first()
                        .asString()
                        .startsWith("Events could not be written to the outbox: ERROR: permission denied for table")
                        .doesNotContain("with locked as"));
    }

    @Test
    void ifTheCommitIsRefusedNothingIsCommitted() {
        openWallet("w");
        List<Integer> ends = new ArrayList<>();

        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> in(transactionManager, () -> {
                    openWallet("w");
                    outbox.publish(new BalanceChanged("a", 1));
                    TransactionSynchronizationManager.registerSynchronization(noteEnd(ends));
                }));

        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(wallets()).isOne();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aListenerBehindIsAskedBeforeTheCommit() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource));
        manager.addListener(beforeCommit(() -> {
            throw new IllegalStateException("no");
        }));

        assertThatIllegalStateException()
                .isThrownBy(() -> in(manager, () -> outbox.publish(new BalanceChanged("a", 1))));

        assertThat(statements.onOutbox()).isEmpty();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void whatAListenerBehindWritesAndRaisesGoesAlong() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource));
        manager.addListener(beforeCommit(() -> {
            jdbc.sql("insert into wallet select count(*) from wallet").update();
            outbox.publish(new BalanceChanged("late", 1));
        }));

        in(manager, () -> outbox.publish(new BalanceChanged("a", 1)));
        in(manager, () -> openWallet("other"));

        assertThat(statements.onOutbox()).hasSize(2).allMatch(JdbcCommitIT::commits);
        assertThat(rows.payloads()).hasSize(3);
        assertThat(wallets()).isEqualTo(3);
    }

    @Test
    void aTransactionThatAListenerBehindMarksIsRolledBack() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource));
        manager.addListener(new TransactionExecutionListener() {
            @Override
            public void beforeCommit(TransactionExecution transaction) {
                ((TransactionStatus) transaction).setRollbackOnly();
            }
        });

        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> in(manager, () -> {
                    openWallet("w");
                    outbox.publish(new BalanceChanged("a", 1));
                }));

        assertThat(wallets()).isZero();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void theEventsOfASavepointThatIsRolledBackAreNotWritten() {
        in(transactionManager, () -> {
            outbox.publish(new BalanceChanged("a", 1));
            TransactionTemplate nested = new TransactionTemplate(transactionManager);
            nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
            nested.executeWithoutResult(status -> {
                outbox.publish(new BalanceChanged("b", 1));
                status.setRollbackOnly();
            });
        });

        assertThat(statements.onOutbox()).singleElement().matches(JdbcCommitIT::commits);
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"a\",\"balance\":1}");
    }

    @Test
    void theNextCommitOfTheSameConnectionSendsNothing() {
        in(transactionManager, () -> outbox.publish(new BalanceChanged("a", 1)));
        statements.clear();
        in(transactionManager, () -> openWallet("w"));

        assertThat(statements.onOutbox()).isEmpty();
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void whatIsRolledBackInsteadOfCommittedIsNotWrittenByTheCommitThatFollows() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                doRollback(status);
                super.doCommit(status);
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> in(manager, () -> outbox.publish(new BalanceChanged("a", 1))));

        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aSecondCommitOfTheSameTransactionSendsNothing() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                super.doCommit(status);
                super.doCommit(status);
            }
        });

        in(manager, () -> outbox.publish(new BalanceChanged("a", 1)));

        assertThat(statements.onOutbox()).hasSize(1);
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void ifTheEventsCannotBeWrittenNothingIsCommittedEvenIfNobodyRollsBack(
            @Autowired ObjectProvider<CommitHint> hints) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                try {
                    super.doCommit(status);
                } catch (IllegalStateException failed) {
                    // To Spring, the outcome of the commit is unknown.
                    throw new TransactionSystemException("failed", failed);
                }
            }
        };
        OutboxWriter writer = new RefusingWriter(new IllegalStateException("no"));
        new OutboxTransactionListeners(
                        dataSource,
                        PersistenceFlush.NONE,
                        writer,
                        StoredAggregates.NONE,
                        true,
                        () -> CaptureMeters.NONE,
                        hints)
                .listenTo(manager);

        assertThatExceptionOfType(TransactionSystemException.class)
                .isThrownBy(() -> in(manager, () -> {
                    openWallet("w");
                    outbox.publish(new BalanceChanged("a", 1));
                }));

        assertThat(wallets()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransactionThatTimesOutBeforeItsEventsAreWrittenIsRolledBack(
            boolean commitWithEvents, @Autowired ObjectProvider<CommitHint> hints) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        OutboxWriter writer = new RefusingWriter(new TransactionTimedOutException("too late"));
        new OutboxTransactionListeners(
                        dataSource,
                        PersistenceFlush.NONE,
                        writer,
                        StoredAggregates.NONE,
                        commitWithEvents,
                        () -> CaptureMeters.NONE,
                        hints)
                .listenTo(manager);
        List<Integer> ends = new ArrayList<>();

        assertThatExceptionOfType(QueryTimeoutException.class)
                .isThrownBy(() -> in(manager, () -> {
                    openWallet("w");
                    outbox.publish(new BalanceChanged("a", 1));
                    TransactionSynchronizationManager.registerSynchronization(noteEnd(ends));
                }))
                .withMessageContaining("too late");

        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(wallets()).isZero();
    }

    @Test
    void aTransactionManagerThatMayDoMoreInACommitCommitsItself() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                throw new IllegalStateException("no");
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> in(manager, () -> outbox.publish(new BalanceChanged("a", 1))));

        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aTransactionManagerThatCommitsWhatItHasUnwrappedIsToldThatTheEventsAreLost() {
        JdbcTransactionManager manager = listened(new JdbcTransactionManager(dataSource) {
            @Override
            protected void doCommit(DefaultTransactionStatus status) {
                try {
                    DataSourceUtils.getTargetConnection(DataSourceUtils.getConnection(dataSource))
                            .commit();
                } catch (SQLException failed) {
                    throw new IllegalArgumentException(failed);
                }
            }
        });

        assertThatIllegalStateException()
                .isThrownBy(() -> in(manager, () -> outbox.publish(new BalanceChanged("a", 1))))
                .withMessageContaining("committed without its events (1)")
                .withMessageContaining("outbox.capture.commit-with-events=false");
    }

    @Test
    void underAManagerThatTranslatesNoExceptionsTheCallerLearnsWhy() {
        DataSourceTransactionManager manager = listened(new DataSourceTransactionManager(dataSource));
        openWallet("w");
        List<Integer> ends = new ArrayList<>();

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> in(manager, () -> {
                    openWallet("w");
                    outbox.publish(new BalanceChanged("a", 1));
                    TransactionSynchronizationManager.registerSynchronization(noteEnd(ends));
                }));

        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(wallets()).isOne();
    }

    @Test
    void itIsSwitchedOff(@Autowired OutboxWriter writer, @Autowired ObjectProvider<CommitHint> hints) {
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        new OutboxTransactionListeners(
                        dataSource,
                        PersistenceFlush.NONE,
                        writer,
                        StoredAggregates.NONE,
                        false,
                        () -> CaptureMeters.NONE,
                        hints)
                .listenTo(manager);

        in(manager, () -> outbox.publish(new BalanceChanged("a", 1)));

        assertThat(statements.onOutbox()).singleElement().matches(statement -> !commits(statement));
        assertThat(rows.payloads()).hasSize(1);
    }

    /** Where the driver sends more or other messages than it does by default. */
    @ParameterizedTest
    @ValueSource(strings = {"autosave=always", "preferQueryMode=simple", "prepareThreshold=1", "prepareThreshold=0"})
    void itIsAllOrNothingWithEachSettingOfTheDriver(
            String setting, @Autowired JdbcConnectionDetails server, @Autowired ObjectProvider<CommitHint> hints) {
        String url = server.getJdbcUrl();
        DriverManagerDataSource set = new DriverManagerDataSource(url + (url.contains("?") ? "&" : "?") + setting);
        set.setUsername(server.getUsername());
        set.setPassword(server.getPassword());
        JdbcTransactionManager manager = new JdbcTransactionManager(set);
        new OutboxTransactionListeners(
                        set,
                        PersistenceFlush.NONE,
                        OutboxWriter.postgres(set),
                        StoredAggregates.NONE,
                        true,
                        () -> CaptureMeters.NONE,
                        hints)
                .listenTo(manager);
        JdbcClient wallets = JdbcClient.create(set);

        in(manager, () -> {
            wallets.sql("insert into wallet values ('w')").update();
            outbox.publish(new BalanceChanged("a", 1));
        });
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> in(manager, () -> {
                    wallets.sql("insert into wallet values ('w')").update();
                    outbox.publish(new BalanceChanged("a", 2));
                }));

        assertThat(wallets()).isOne();
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"a\",\"balance\":1}");
    }

    private static void in(PlatformTransactionManager manager, Runnable business) {
        new TransactionTemplate(manager).executeWithoutResult(status -> business.run());
    }

    private <M extends ConfigurableTransactionManager> M listened(M manager) {
        listeners.listenTo(manager);
        return manager;
    }

    private static TransactionExecutionListener beforeCommit(Runnable action) {
        return new TransactionExecutionListener() {
            @Override
            public void beforeCommit(TransactionExecution transaction) {
                action.run();
            }
        };
    }

    private static TransactionSynchronization noteEnd(List<Integer> ends) {
        return new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                ends.add(status);
            }
        };
    }

    private static boolean commits(String statement) {
        return statement.endsWith("; commit");
    }

    private void openWallet(String id) {
        jdbc.sql("insert into wallet values (?)").param(id).update();
    }

    private int wallets() {
        return jdbc.sql("select count(*) from wallet").query(Integer.class).single();
    }

    private record RefusingWriter(RuntimeException failure) implements OutboxWriter {

        @Override
        public void append(List<EventEnvelope> events) {
            throw failure;
        }

        @Override
        public void appendCounted(List<CountedEvent> events) {
            throw failure;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestPostgres.class, OutboxRows.class, RecordedStatements.class})
    static class JdbcApplication {}
}

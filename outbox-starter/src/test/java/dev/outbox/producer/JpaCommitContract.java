package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.bank.Account;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.LockModeType;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.AfterCompletionCallback;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Under JPA, the events are written with the commit, after everything that Hibernate and others still do before it. */
abstract class JpaCommitContract {

    @Autowired
    private Accounts accounts;

    @Autowired
    Outbox outbox;

    @Autowired
    OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private EntityManager entities;

    private LateListener late = new LateListener();

    private final SessionFactory hibernate;
    final TransactionTemplate transaction;
    final TransactionTemplate newTransaction;
    final List<Integer> ends = new ArrayList<>();

    JpaCommitContract(JpaTransactionManager manager, EntityManagerFactory factory) {
        hibernate = factory.unwrap(SessionFactory.class);
        transaction = template(manager, factory);
        newTransaction = template(manager, factory);
        newTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    TransactionTemplate template(JpaTransactionManager manager, EntityManagerFactory factory) {
        return new TransactionTemplate(manager);
    }

    /** {@return whether a statement is the last one of a transaction with events} */
    abstract boolean isLast(String statement);

    /** {@return what the database says first if a row contradicts a check} */
    abstract String refusal();

    /** {@return the connection of the driver} */
    abstract Class<?> driversConnection();

    /** Ends a session from outside, and returns when it has ended. */
    abstract void terminate(SessionImplementor session);

    @BeforeEach
    void clear(@Autowired ConfigurableTransactionManager manager) {
        late = LateListener.of(manager);
        newTransaction.executeWithoutResult(status -> {
            jdbc.sql("drop table if exists note").update();
            jdbc.sql(noteTable()).update();
            accounts.deleteAllInBatch();
            rows.clear();
        });
        statements.clear();
    }

    String noteTable() {
        return "create table note (id varchar(20) unique)";
    }

    @AfterEach
    void forgetTheListener() {
        late.action = () -> {};
        late.marks = false;
    }

    @Test
    void theCommitGoesAlongWithTheEvents() {
        transaction.executeWithoutResult(status -> accounts.save(Account.open("a", "Ada")));

        assertThat(lastBeforeTheEvents()).startsWith("insert into account");
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void whatHibernateCallsBeforeItsCommitStillWritesBeforeTheEvents() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("a", 1));
            // As Envers does.
            beforeHibernatesCommit(session -> note(session, "audited"));
        });

        assertThat(lastBeforeTheEvents()).startsWith("insert into note");
        assertThat(notes()).containsExactly("audited");
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void aVersionThatIsForcedInTheCommitIsIncrementedBeforeTheEvents() {
        accounts.save(Account.open("a", "Ada"));
        statements.clear();

        transaction.executeWithoutResult(status -> {
            Account account = accounts.findById("a").orElseThrow();
            entities.lock(account, LockModeType.OPTIMISTIC_FORCE_INCREMENT);
            outbox.publish(new BalanceChanged("a", 1));
        });

        assertThat(lastBeforeTheEvents()).startsWith("update account set version");
        assertThat(rows.numbersOf("a")).containsExactly(1L, 2L);
    }

    @Test
    void anEventThatIsRaisedInHibernatesCommitIsCaught() {
        transaction.executeWithoutResult(
                status -> beforeHibernatesCommit(session -> outbox.publish(new BalanceChanged("a", 1))));
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("b", 1));
            beforeHibernatesCommit(session -> outbox.publish(new BalanceChanged("b", 2)));
        });

        assertThat(rows.payloads())
                .containsExactly(
                        "{\"accountId\":\"a\",\"balance\":1}",
                        "{\"accountId\":\"b\",\"balance\":1}",
                        "{\"accountId\":\"b\",\"balance\":2}");
        assertThat(statements.onOutbox()).filteredOn(this::isLast).hasSize(2);
    }

    @Test
    void anEventThatIsRaisedAfterHibernatesCommitIsRefused() {
        List<Throwable> refused = new ArrayList<>();
        transaction.executeWithoutResult(status -> {
            accounts.count();
            session().getTransactionCompletionCallbacks().registerCallback((AfterCompletionCallback)
                    (success, session) -> refused.add(failureOf(() -> outbox.publish(new BalanceChanged("a", 1)))));
        });

        assertThat(refused).singleElement().isInstanceOf(EventRefusedException.class);
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aListenerThatComesLaterStillWritesAndRaises() {
        late.action = () -> {
            accounts.save(Account.open("late", "Lea"));
            outbox.publish(new BalanceChanged("late", 1));
        };
        transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1)));

        assertThat(lastBeforeTheEvents()).startsWith("insert into account");
        assertThat(rows.payloads()).hasSize(3);
    }

    @Test
    void aTransactionThatALaterListenerMarksIsRolledBack() {
        late.marks = true;
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    note(session(), "n");
                    outbox.publish(new BalanceChanged("a", 1));
                }))
                .hasRootCauseInstanceOf(EventRefusedException.class);
        late.marks = false;

        assertThat(notes()).isEmpty();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aTransactionOfItsOwnInsideTheCommitHasItsOwnEvents() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("outer", 1));
            beforeHibernatesCommit(session -> {
                newTransaction.executeWithoutResult(inner -> outbox.publish(new BalanceChanged("inner", 1)));
                assertThat(rows.payloads()).hasSize(1);
            });
        });

        assertThat(rows.payloads())
                .containsExactly("{\"accountId\":\"inner\",\"balance\":1}", "{\"accountId\":\"outer\",\"balance\":1}");
    }

    @Test
    void anotherSessionThatCommitsMeanwhileSendsNothing() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("a", 1));
            beforeHibernatesCommit(session -> {
                hibernate.inTransaction(other -> note(other.unwrap(SessionImplementor.class), "other"));
                assertThat(rows.payloads()).isEmpty();
            });
        });

        assertThat(notes()).containsExactly("other");
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void theNextCommitOfTheSameConnectionSendsNothing() {
        transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1)));
        statements.clear();
        transaction.executeWithoutResult(status -> note(session(), "n"));

        assertThat(statements.onOutbox()).isEmpty();
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void whatIsRolledBackInTheCommitIsNotWrittenByAnotherTransaction() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    outbox.publish(new BalanceChanged("a", 1));
                    noteEnd();
                    beforeHibernatesCommit(session -> {
                        throw new IllegalStateException("no");
                    });
                }))
                .hasRootCauseMessage("no");
        late.action = () -> {
            throw new IllegalStateException("late");
        };
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 2))));
        late.action = () -> {};
        transaction.executeWithoutResult(status -> note(session(), "n"));

        assertThat(ends).doesNotContain(TransactionSynchronization.STATUS_COMMITTED);
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void ifTheEventsAreRefusedNothingIsCommittedAndTheCallerLearnsWhy() {
        alter("alter table outbox_event add constraint refused check (aggregateid <> 'refused')");
        try {
            assertThatExceptionOfType(DataIntegrityViolationException.class)
                    .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                        note(session(), "n");
                        outbox.publish(new BalanceChanged("refused", 1));
                        noteEnd();
                    }))
                    .withMessageStartingWith("Events could not be written to the outbox: ")
                    .withMessageContaining(refusal());
        } finally {
            alter("alter table outbox_event drop constraint refused");
        }
        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(notes()).isEmpty();
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void nobodyIsToldOfACommitOnAConnectionThatIsLost() {
        assertThatExceptionOfType(DataAccessException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    outbox.publish(new BalanceChanged("a", 1));
                    noteEnd();
                    beforeHibernatesCommit(session -> terminate(session));
                }));

        assertThat(ends).hasSize(1).doesNotContain(TransactionSynchronization.STATUS_COMMITTED);
        assertThat(rows.payloads()).isEmpty();
    }

    @Test
    void aTransactionThatDoesNothingTakesNoConnectionThatItWouldNotHaveTaken() {
        transaction.executeWithoutResult(status -> {});
        long taken = hibernate.getStatistics().getConnectCount();
        transaction.executeWithoutResult(status -> {});

        assertThat(hibernate.getStatistics().getConnectCount() - taken).isEqualTo(connectionsOfOneThatDoesNothing());
        assertThat(statements.all()).isEmpty();
    }

    int connectionsOfOneThatDoesNothing() {
        return 1;
    }

    @Test
    void theDataSourceOfTheServiceIsLeftAsItIsAndItsConnectionIsReached() throws Exception {
        assertThat(dataSource.unwrap(HikariDataSource.class)).isNotNull();
        transaction.executeWithoutResult(status -> session().doWork(connection -> {
            assertThat(connection.unwrap(driversConnection())).isNotNull();
            assertThat(connection.isWrapperFor(driversConnection())).isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        }));
        try (Connection connection = dataSource.getConnection()) {
            assertThat(connection.getAutoCommit()).isEqualTo(autoCommits());
        }
    }

    boolean autoCommits() {
        return true;
    }

    private void alter(String statement) {
        newTransaction.executeWithoutResult(status -> jdbc.sql(statement).update());
    }

    SessionImplementor session() {
        return entities.unwrap(SessionImplementor.class);
    }

    private void beforeHibernatesCommit(Consumer<SessionImplementor> action) {
        SessionImplementor session = session();
        session.getTransactionCompletionCallbacks()
                .registerCallback((BeforeCompletionCallback) ignored -> action.accept(session));
    }

    void noteEnd() {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                ends.add(status);
            }
        });
    }

    static void note(SessionImplementor session, String id) {
        session.createNativeMutationQuery("insert into note values (:id)")
                .setParameter("id", id)
                .executeUpdate();
    }

    List<@Nullable String> notes() {
        return jdbc.sql("select id from note").query(String.class).list();
    }

    private static @Nullable Throwable failureOf(Runnable action) {
        try {
            action.run();
            return null;
        } catch (RuntimeException failed) {
            return failed;
        }
    }

    /** {@return the last statement before the events, after which there are only those that write them} */
    private String lastBeforeTheEvents() {
        List<String> all = statements.all();
        int others = all.size() - statements.onOutbox().size();
        assertThat(all.subList(others, all.size())).containsExactlyElementsOf(statements.onOutbox());
        assertThat(all.get(all.size() - 1)).contains("outbox_event").matches(this::isLast);
        return all.get(others - 1);
    }

    /** No bean, so it comes after the outbox. */
    private static final class LateListener implements TransactionExecutionListener {

        private Runnable action = () -> {};
        private boolean marks;

        static LateListener of(ConfigurableTransactionManager manager) {
            for (TransactionExecutionListener listener : manager.getTransactionExecutionListeners()) {
                if (listener instanceof LateListener late) {
                    return late;
                }
            }
            LateListener late = new LateListener();
            manager.addListener(late);
            return late;
        }

        @Override
        public void beforeCommit(TransactionExecution transaction) {
            action.run();
            if (marks) {
                ((TransactionStatus) transaction).setRollbackOnly();
            }
        }
    }
}

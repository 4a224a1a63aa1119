package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.TestPostgres;
import jakarta.persistence.EntityManagerFactory;
import org.hibernate.engine.spi.SessionImplementor;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;

/** On PostgreSQL, one statement writes the events and commits, and a commit can be refused. */
@SpringBootTest(
        classes = {BankApplication.class, TestPostgres.class, RecordedStatements.class},
        properties = "spring.jpa.properties.hibernate.generate_statistics=true")
class JpaCommitIT extends JpaCommitContract {

    @Autowired
    JpaCommitIT(JpaTransactionManager manager, EntityManagerFactory factory) {
        super(manager, factory);
    }

    @Override
    boolean isLast(String statement) {
        return statement.endsWith("; commit");
    }

    @Override
    String refusal() {
        return "outbox: ERROR: new row for relation";
    }

    @Override
    Class<?> driversConnection() {
        return PGConnection.class;
    }

    /** Checked at the commit, and not before. */
    @Override
    String noteTable() {
        return "create table note (id text unique deferrable initially deferred)";
    }

    @Test
    void oneStatementWritesTheEventAndCommits(@Autowired RecordedStatements statements) {
        transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1)));

        assertThat(statements.all()).singleElement().matches(this::isLast);
    }

    @Test
    void ifTheCommitIsRefusedNothingIsCommittedAndTheCallerLearnsWhy() {
        transaction.executeWithoutResult(status -> note(session(), "n"));

        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    note(session(), "n");
                    outbox.publish(new BalanceChanged("a", 1));
                    noteEnd();
                }))
                .withMessageContaining("duplicate key value violates unique constraint");

        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(notes()).hasSize(1);
        assertThat(rows.payloads()).isEmpty();

        transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 2)));
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"a\",\"balance\":2}");
    }

    @Test
    void aTransactionThatCannotBeSerialisedMayBeTriedAgain() {
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);
        newTransaction.setIsolationLevel(TransactionDefinition.ISOLATION_SERIALIZABLE);

        assertThatExceptionOfType(ConcurrencyFailureException.class)
                .isThrownBy(() -> transaction.executeWithoutResult(status -> {
                    noteThatThereAre(notes().size(), "first");
                    newTransaction.executeWithoutResult(inner -> {
                        noteThatThereAre(notes().size(), "second");
                        outbox.publish(new BalanceChanged("second", 1));
                    });
                    outbox.publish(new BalanceChanged("first", 1));
                    noteEnd();
                }));

        assertThat(ends).containsExactly(TransactionSynchronization.STATUS_ROLLED_BACK);
        assertThat(notes()).containsExactly("second 0");
        assertThat(rows.payloads()).containsExactly("{\"accountId\":\"second\",\"balance\":1}");
    }

    @Override
    void terminate(SessionImplementor session) {
        int backend = session.createNativeQuery("select pg_backend_pid()", Integer.class)
                .getSingleResult();
        newTransaction.executeWithoutResult(status -> {
            jdbc.sql("select pg_terminate_backend(?)").param(backend).query().singleValue();
            await().atMost(Patience.LIMIT)
                    .until(() -> jdbc.sql("select not exists (select from pg_stat_activity where pid = ?)")
                            .param(backend)
                            .query(Boolean.class)
                            .single());
        });
    }

    private void noteThatThereAre(int notes, String id) {
        note(session(), id + " " + notes);
    }
}

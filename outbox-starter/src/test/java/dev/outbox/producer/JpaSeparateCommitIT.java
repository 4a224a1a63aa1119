package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.bank.Account;
import dev.outbox.bank.Accounts;
import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.BankApplication;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.TestPostgres;
import jakarta.persistence.EntityManager;
import org.hibernate.engine.spi.SessionImplementor;
import org.hibernate.engine.spi.TransactionCompletionCallbacks.BeforeCompletionCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.transaction.support.TransactionTemplate;

/** Where the events do not go along with the commit, they are written before it. */
@SpringBootTest(
        classes = {BankApplication.class, TestPostgres.class, RecordedStatements.class},
        properties = "outbox.capture.commit-with-events=false")
class JpaSeparateCommitIT {

    @Autowired
    private Accounts accounts;

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    @Autowired
    private EntityManager entities;

    @Autowired
    private TransactionTemplate transaction;

    @BeforeEach
    void clear() {
        accounts.deleteAllInBatch();
        rows.clear();
        statements.clear();
    }

    @Test
    void theEventsAreWrittenByAStatementOfTheirOwn() {
        transaction.executeWithoutResult(status -> accounts.save(Account.open("a", "Ada")));

        assertThat(statements.onOutbox())
                .singleElement()
                .asString()
                .contains("insert into outbox_event")
                .doesNotContain("commit");
        assertThat(rows.payloads()).hasSize(1);
    }

    @Test
    void anEventThatIsRaisedInHibernatesCommitIsRefusedAndNothingIsCommitted() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    accounts.save(Account.open("a", "Ada"));
                    entities.unwrap(SessionImplementor.class)
                            .getTransactionCompletionCallbacks()
                            .registerCallback(
                                    (BeforeCompletionCallback) session -> outbox.publish(new BalanceChanged("a", 1)));
                }))
                .hasRootCauseInstanceOf(EventRefusedException.class)
                .hasStackTraceContaining("was raised while its transaction was committing");

        assertThat(accounts.count()).isZero();
        assertThat(rows.payloads()).isEmpty();
    }
}

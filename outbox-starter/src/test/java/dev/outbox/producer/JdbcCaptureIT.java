package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.embedded.TestPostgres;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(properties = "outbox.packages=dev.outbox.bank")
class JdbcCaptureIT {

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    private final TransactionTemplate transaction;
    private final TransactionTemplate nested;

    @Autowired
    JdbcCaptureIT(PlatformTransactionManager transactionManager) {
        transaction = new TransactionTemplate(transactionManager);
        nested = new TransactionTemplate(transactionManager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @BeforeEach
    void clear() {
        rows.clear();
        statements.clear();
    }

    @Test
    void aSavepointThatIsRolledBackDropsItsEventsAndKeepsTheRest() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new BalanceChanged("a", 1));
            nested.executeWithoutResult(inner -> {
                outbox.publish(new BalanceChanged("a", -1));
                inner.setRollbackOnly();
            });
            nested.executeWithoutResult(inner -> outbox.publish(new BalanceChanged("a", 2)));
            Object savepoint = status.createSavepoint();
            outbox.publish(new BalanceChanged("a", -2));
            status.rollbackToSavepoint(savepoint);
            outbox.publish(new BalanceChanged("a", 3));
        });
        assertThat(statements.onOutbox()).hasSize(1);
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"accountId\":\"a\",\"balance\":1}",
                        "{\"accountId\":\"a\",\"balance\":2}",
                        "{\"accountId\":\"a\",\"balance\":3}");
    }

    @Test
    void aHundredEventsOfManyAggregatesCostOneStatement() {
        transaction.executeWithoutResult(status ->
                LongStream.range(0, 100).forEach(i -> outbox.publish(new BalanceChanged("account-" + i % 7, i))));
        assertThat(statements.onOutbox()).hasSize(1);
        assertThat(rows.payloads()).hasSize(100);
    }

    @Test
    void refusesAnEventWithoutATransaction() {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> outbox.publish(new BalanceChanged("a", 1)))
                .withMessageContaining("dev.outbox.bank.BalanceChanged was raised without a transaction")
                .withMessageContaining("@Transactional");
    }

    @Test
    void refusesAnEventInAReadOnlyTransaction() {
        transaction.setReadOnly(true);
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(
                        () -> transaction.executeWithoutResult(status -> outbox.publish(new BalanceChanged("a", 1))))
                .withMessageContaining("read-only transaction")
                .withMessageContaining("readOnly = true");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestPostgres.class, OutboxRows.class, RecordedStatements.class})
    static class JdbcApplication {}
}

package dev.outbox.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.bank.BalanceChanged;
import dev.outbox.bank.OutboxRows;
import dev.outbox.bank.RecordedStatements;
import dev.outbox.bank.WalletChanged;
import dev.outbox.embedded.TestPostgres;
import dev.outbox.internal.wakeup.CommitHint;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A row that counts the events of its aggregate. */
@SpringBootTest(properties = "outbox.packages=dev.outbox.bank")
class JdbcCountedCaptureIT {

    @Autowired
    private Outbox outbox;

    @Autowired
    private OutboxRows rows;

    @Autowired
    private RecordedStatements statements;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private AtomicInteger hints;

    private final TransactionTemplate transaction;
    private final TransactionTemplate nested;

    @Autowired
    JdbcCountedCaptureIT(PlatformTransactionManager transactionManager) {
        transaction = new TransactionTemplate(transactionManager);
        nested = new TransactionTemplate(transactionManager);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
    }

    @BeforeEach
    void clear() {
        jdbc.sql("drop table if exists wallet").update();
        jdbc.sql("create table wallet (id text primary key, balance bigint not null, events bigint not null)")
                .update();
        jdbc.sql("insert into wallet values ('v', 0, 0), ('w', 0, 0)").update();
        rows.clear();
        statements.clear();
        hints.set(0);
    }

    @Test
    void aTransactionMayRaiseEventsOfBothKindsAndWritesEachByOneStatement() {
        transaction.executeWithoutResult(status -> {
            put("w", 1);
            outbox.publish(new BalanceChanged("a", 1));
            put("v", 5);
            put("w", 2);
            outbox.publish(new BalanceChanged("a", 2));
        });
        transaction.executeWithoutResult(status -> put("w", 3));

        assertThat(statements.onOutbox()).hasSize(3);
        assertThat(rows.numbersOf("a")).containsExactly(1L, 2L);
        assertThat(rows.numbersOf("v")).containsExactly(1L);
        assertThat(rows.numbersOf("w")).containsExactly(1L, 2L, 3L);
        assertThat(jdbc.sql("select aggregateid from outbox_key")
                        .query(String.class)
                        .list())
                .containsExactly("a");
    }

    @Test
    void theRelayIsToldOfEventsThatAreCountedByTheirAggregates() {
        transaction.executeWithoutResult(status -> put("w", 1));
        assertThat(hints).hasValue(1);
    }

    @Test
    void aRollbackGivesTheNumbersBack() {
        transaction.executeWithoutResult(status -> {
            put("w", 1);
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> put("w", 2));
        assertThat(rows.payloads()).containsExactly("{\"walletId\":\"w\",\"number\":1,\"balance\":2}");
    }

    @Test
    void aSavepointThatIsRolledBackGivesTheNumbersBack() {
        transaction.executeWithoutResult(status -> {
            put("w", 1);
            nested.executeWithoutResult(inner -> {
                put("w", 2);
                put("v", 2);
                inner.setRollbackOnly();
            });
            put("w", 3);
            put("v", 3);
        });
        assertThat(rows.payloads())
                .containsExactly(
                        "{\"walletId\":\"w\",\"number\":1,\"balance\":1}",
                        "{\"walletId\":\"w\",\"number\":2,\"balance\":4}",
                        "{\"walletId\":\"v\",\"number\":1,\"balance\":3}");
    }

    @Test
    void anAggregateGoesOverToItsOwnCountAndBack() {
        jdbc.sql("insert into outbox_key values ('Wallet', 'w', 5)").update();
        jdbc.sql("""
                update wallet
                set events = key.last_seq
                from outbox_key as key
                where key.aggregatetype = 'Wallet' and key.aggregateid = wallet.id
                """).update();
        transaction.executeWithoutResult(status -> put("w", 1));
        transaction.executeWithoutResult(status -> put("v", 1));
        jdbc.sql("""
                insert into outbox_key (aggregatetype, aggregateid, last_seq)
                select 'Wallet', id, events
                from wallet
                where events > 0
                on conflict (aggregatetype, aggregateid) do update set last_seq = excluded.last_seq
                """).update();

        assertThat(rows.numbersOf("w")).containsExactly(6L);
        assertThat(jdbc.sql("select last_seq from outbox_key order by aggregateid")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 6L);
    }

    @Test
    void refusesAGapWithinATransaction() {
        refusesAfterTheThird(5);
    }

    @Test
    void refusesARepetitionWithinATransaction() {
        refusesAfterTheThird(3);
    }

    private void refusesAfterTheThird(long number) {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new WalletChanged("w", 3, 1));
            outbox.publish(new WalletChanged("v", 8, 1));
            assertThatExceptionOfType(EventRefusedException.class)
                    .isThrownBy(() -> outbox.publish(new WalletChanged("w", number, 2)))
                    .withMessage(
                            "dev.outbox.bank.WalletChanged has the aggregate sequence %d, but follows 3 of the same"
                                    + " aggregate in this transaction. Give each event the next number, and raise them in that"
                                    + " order.",
                            number);
            outbox.publish(new WalletChanged("w", 4, 2));
        });
        assertThat(rows.numbersOf("w")).containsExactly(3L, 4L);
        assertThat(rows.numbersOf("v")).containsExactly(8L);
    }

    private void put(String wallet, long amount) {
        WalletChanged event = jdbc.sql("""
                        update wallet set balance = balance + :amount, events = events + 1
                        where id = :id
                        returning id as wallet_id, events as number, balance
                        """)
                .param("amount", amount)
                .param("id", wallet)
                .query(WalletChanged.class)
                .single();
        outbox.publish(event);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            exclude = {HibernateJpaAutoConfiguration.class, DataJpaRepositoriesAutoConfiguration.class})
    @Import({TestPostgres.class, OutboxRows.class, RecordedStatements.class})
    static class JdbcApplication {

        @Bean
        AtomicInteger hints() {
            return new AtomicInteger();
        }

        @Bean
        CommitHint countingHint(AtomicInteger hints) {
            return hints::incrementAndGet;
        }
    }
}

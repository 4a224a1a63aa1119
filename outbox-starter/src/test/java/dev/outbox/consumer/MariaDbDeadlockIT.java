package dev.outbox.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.guard.GuardKind;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.stock.OrderPlaced;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A consumer that MariaDB chooses as the victim of a deadlock handles its records again. */
class MariaDbDeadlockIT {

    private static final int EVENTS = 20;
    private static final int TROUBLE_AT = 7;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class);

    private final Ledger ledger = new Ledger(DatabaseKind.MARIADB, database);

    @ParameterizedTest
    @EnumSource
    void whatADeadlockRollsBackIsHandledAgainWithEachEffectOnce(GuardKind guard) throws Exception {
        ledger.send(EVENTS);
        DataSource dataSource = database.dataSource();
        JdbcClient jdbc = JdbcClient.create(dataSource);
        jdbc.sql("create table contested (id int primary key, times int)").update();
        jdbc.sql("insert into contested values (1, 0), (2, 0)").update();
        jdbc.sql("create table ballast (id int)").update();

        TransactionTemplate rival = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        try (ConfigurableApplicationContext consumer = rival.execute(status -> {
            // The server ends the transaction that has changed less.
            jdbc.sql("insert into ballast select seq from seq_1_to_5000").update();
            Contender.increase(jdbc, 2);
            ConfigurableApplicationContext started = start(guard);
            await().atMost(Ledger.DEADLINE).until(() -> WaitingSessions.of(DatabaseKind.MARIADB, database) == 1);
            Contender.increase(jdbc, 1);
            return started;
        })) {
            ledger.awaitAll();
            assertThat(consumer.getBean(Contender.class).met).hasValueGreaterThan(1);
        }
        ledger.assertEachOnceAndInOrder();
        assertThat(jdbc.sql("select times from contested").query(Integer.class).list())
                .containsExactly(2, 2);
    }

    private ConfigurableApplicationContext start(GuardKind guard) {
        List<String> arguments = new ArrayList<>(ledger.arguments());
        arguments.add("--outbox.inbox.guard=" + guard);
        return new SpringApplicationBuilder(LedgerConsumer.class)
                .web(WebApplicationType.NONE)
                .initializers(context -> ((GenericApplicationContext) context).registerBean(Contender.class))
                .run(arguments.toArray(String[]::new));
    }

    /** A further handler, which changes two rows in the order that makes the deadlock. */
    static class Contender {

        private final AtomicInteger met = new AtomicInteger();
        private final JdbcClient jdbc;

        Contender(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @DomainEventHandler
        void meet(OrderPlaced order, EventMetadata event) {
            if (event.id().equals(Ledger.eventId(TROUBLE_AT))) {
                met.incrementAndGet();
                increase(jdbc, 1);
                increase(jdbc, 2);
            }
        }

        static void increase(JdbcClient jdbc, int id) {
            jdbc.sql("update contested set times = times + 1 where id = :id")
                    .param("id", id)
                    .update();
        }
    }
}

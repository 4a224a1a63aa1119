package dev.outbox.consumer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.schema.OutboxSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.support.TransactionTemplate;

/** The guards on MariaDB, whatever the isolation level of the service's transactions is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardIsolationIT {

    private static final GuardedEvent EVENT = new GuardedEvent("orders", "/orders", "e-1", "OrderPlaced", "a", 1L);
    private static final GuardedEvent NEXT = new GuardedEvent("orders", "/orders", "e-2", "OrderPlaced", "a", 2L);

    @RegisterExtension
    final MigratedDatabase database =
            MigratedDatabase.on(DatabaseKind.MARIADB, OutboxSchema.class).emptied("inbox_event", "inbox_sequence");

    private final DataSource dataSource = database.dataSource();
    private final JdbcClient jdbc = JdbcClient.create(dataSource);

    @BeforeEach
    void begin() {
        jdbc.sql("create or replace table effect (number int not null)").update();
        jdbc.sql("insert into effect values (0)").update();
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE"})
    void aSnapshotDoesNotHideWhatAnotherDeliveryHasCommitted(Isolation isolation) {
        for (InboxGuard guard : guards()) {
            List<Admission> second = transaction(isolation).execute(status -> {
                jdbc.sql("select count(*) from outbox_key").query(Long.class).single();
                assertThat(elsewhere(
                                () -> transaction(isolation).execute(other -> guard.admit("stock", List.of(EVENT)))))
                        .succeedsWithin(Patience.LIMIT)
                        .isEqualTo(List.of(Admission.NEW));
                return guard.admit("stock", List.of(EVENT));
            });
            assertThat(second).containsExactly(Admission.DUPLICATE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE"})
    void whoHasWaitedForAnotherDeliverySeesItsEffects(Isolation isolation) {
        for (InboxGuard guard : guards()) {
            jdbc.sql("update effect set number = 0").update();
            CompletableFuture<Integer> seen = transaction(isolation).execute(status -> {
                guard.admit("stock", List.of(EVENT));
                jdbc.sql("update effect set number = 1").update();
                CompletableFuture<Integer> waiting =
                        elsewhere(() -> transaction(isolation).execute(other -> {
                            assertThat(guard.admit("stock", List.of(EVENT, NEXT)))
                                    .containsExactly(Admission.DUPLICATE, Admission.NEW);
                            return jdbc.sql("select number from effect")
                                    .query(Integer.class)
                                    .single();
                        }));
                await().atMost(Patience.LIMIT).until(() -> WaitingSessions.of(DatabaseKind.MARIADB, database) == 1);
                return waiting;
            });
            assertThat(seen).succeedsWithin(Patience.LIMIT).isEqualTo(1);
        }
    }

    /** Newer releases of MariaDB refuse to write a row that has changed since the snapshot. */
    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"READ_COMMITTED", "REPEATABLE_READ", "SERIALIZABLE"})
    void withSnapshotIsolationADeliveryWaitsOrIsRepeated(Isolation isolation) {
        DataSource strict = new SnapshotIsolation(dataSource);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(strict));
        transaction.setIsolationLevel(isolation.value());
        for (InboxGuard guard : List.of(InboxGuard.byEventId(strict), InboxGuard.bySequence(strict, true))) {
            CompletableFuture<List<Admission>> second = transaction.execute(status -> {
                guard.admit("stock", List.of(EVENT));
                CompletableFuture<List<Admission>> waiting =
                        elsewhere(() -> transaction.execute(other -> guard.admit("stock", List.of(EVENT, NEXT))));
                await().atMost(Patience.LIMIT).until(() -> WaitingSessions.of(DatabaseKind.MARIADB, database) == 1);
                return waiting;
            });
            assertThat(second).succeedsWithin(Patience.LIMIT).isEqualTo(List.of(Admission.DUPLICATE, Admission.NEW));
        }
    }

    private List<InboxGuard> guards() {
        return List.of(InboxGuard.byEventId(dataSource), InboxGuard.bySequence(dataSource, true));
    }

    private TransactionTemplate transaction(Isolation isolation) {
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        transaction.setIsolationLevel(isolation.value());
        return transaction;
    }

    private static <T> CompletableFuture<T> elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work);
    }

    private static final class SnapshotIsolation extends DelegatingDataSource {

        SnapshotIsolation(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            try (Statement statement = connection.createStatement()) {
                statement.execute("set innodb_snapshot_isolation = on");
            }
            return connection;
        }
    }
}

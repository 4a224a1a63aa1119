package dev.outbox.consumer.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the guard by event ids does, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventIdGuardContract {

    private static final GuardedEvent EVENT = event("e-1");

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseKind kind;
    private final JdbcClient jdbc;
    private final InboxGuard guard;
    private final TransactionTemplate transaction;

    EventIdGuardContract(DatabaseKind kind) {
        this.kind = kind;
        this.database = MigratedDatabase.on(kind, OutboxSchema.class).emptied("inbox_event");
        DataSource dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.guard = InboxGuard.byEventId(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Test
    void anEventIsNewOnceToEachConsumer() {
        assertThat(admit("stock", EVENT)).isTrue();
        assertThat(admit("stock", EVENT)).isFalse();
        assertThat(admit("billing", EVENT)).isTrue();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void anEventIsIdentifiedBySourceAndId() {
        assertThat(admit("stock", EVENT)).isTrue();
        assertThat(admit("stock", event("/others", "e-1"))).isTrue();
    }

    @Test
    void ofABatchEachEventIsToldApartAndTheSecondOccurrenceIsADuplicate() {
        GuardedEvent other = event("e-0");
        assertThat(admit("stock", EVENT)).isTrue();
        List<Admission> admissions =
                transaction.execute(status -> guard.admit("stock", List.of(event("e-2"), EVENT, other, other)));
        assertThat(admissions).containsExactly(Admission.NEW, Admission.DUPLICATE, Admission.NEW, Admission.DUPLICATE);
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void twoDeliveriesOfTheSameEventsInOppositeOrderDoNotDeadlock() {
        List<GuardedEvent> forth = List.of(EVENT, event("e-2"), event("e-3"));
        List<GuardedEvent> back = List.of(event("e-3"), event("e-2"), EVENT);
        CompletableFuture<List<Admission>> second = transaction.execute(status -> {
            assertThat(guard.admit("stock", forth)).containsOnly(Admission.NEW);
            CompletableFuture<List<Admission>> waiting =
                    CompletableFuture.supplyAsync(() -> transaction.execute(other -> guard.admit("stock", back)));
            await().atMost(Patience.LIMIT).until(() -> waitingSessions() == 1);
            return waiting;
        });
        assertThat(second)
                .succeedsWithin(Patience.LIMIT)
                .asInstanceOf(list(Admission.class))
                .containsOnly(Admission.DUPLICATE);
    }

    @Test
    void deliveriesOfDifferentEventsDoNotWaitForEachOther() {
        transaction.executeWithoutResult(status -> {
            assertThat(guard.admit("stock", List.of(EVENT, event("e-3")))).containsOnly(Admission.NEW);
            assertThat(CompletableFuture.supplyAsync(() -> admit("stock", event("e-2"))))
                    .succeedsWithin(Patience.LIMIT)
                    .isEqualTo(true);
        });
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void anEventIsNewAgainAfterARollback() {
        transaction.executeWithoutResult(status -> {
            assertThat(guard.admit("stock", List.of(EVENT))).containsExactly(Admission.NEW);
            assertThat(guard.admit("stock", List.of(EVENT))).containsExactly(Admission.DUPLICATE);
            status.setRollbackOnly();
        });
        assertThat(admit("stock", EVENT)).isTrue();
    }

    @Test
    void aConcurrentDeliveryWaitsForTheFirstAndIsADuplicateWhenThatCommits() {
        CompletableFuture<Boolean> second = transaction.execute(status -> {
            assertThat(guard.admit("stock", List.of(EVENT))).containsExactly(Admission.NEW);
            return startSecondDelivery();
        });
        assertThat(second).succeedsWithin(Patience.LIMIT).isEqualTo(false);
    }

    @Test
    void aConcurrentDeliveryIsNewWhenTheFirstRollsBack() {
        CompletableFuture<Boolean> second = transaction.execute(status -> {
            assertThat(guard.admit("stock", List.of(EVENT))).containsExactly(Admission.NEW);
            status.setRollbackOnly();
            return startSecondDelivery();
        });
        assertThat(second).succeedsWithin(Patience.LIMIT).isEqualTo(true);
    }

    @Test
    void withoutATransactionNothingIsEntered() {
        assertThatIllegalStateException()
                .isThrownBy(() -> guard.admit("stock", List.of(EVENT)))
                .withMessageContaining("OrderPlaced (e-1) cannot be entered into the inbox");
        assertThat(rows()).isZero();
    }

    @Test
    void inATransactionOfAnotherDataSourceNothingIsEntered() {
        TransactionTemplate foreign = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        assertThatIllegalStateException()
                .isThrownBy(() -> foreign.execute(status -> guard.admit("stock", List.of(EVENT))))
                .withMessageContaining("not one of the DataSource that holds the inbox")
                .withMessageContaining("@Primary");
        assertThat(rows()).isZero();
    }

    private static GuardedEvent event(String id) {
        return event("/orders", id);
    }

    private static GuardedEvent event(String source, String id) {
        return new GuardedEvent("orders", source, id, "OrderPlaced");
    }

    private boolean admit(String consumer, GuardedEvent event) {
        return List.of(Admission.NEW).equals(transaction.execute(status -> guard.admit(consumer, List.of(event))));
    }

    /** {@return the result of a second delivery, which by now waits for the transaction of the first} */
    private CompletableFuture<Boolean> startSecondDelivery() {
        CompletableFuture<Boolean> second = CompletableFuture.supplyAsync(() -> admit("stock", EVENT));
        await().atMost(Patience.LIMIT).until(() -> waitingSessions() == 1);
        return second;
    }

    private long waitingSessions() {
        return WaitingSessions.of(kind, database);
    }

    private long rows() {
        return jdbc.sql("select count(*) from inbox_event").query(Long.class).single();
    }
}

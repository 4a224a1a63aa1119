package dev.outbox.consumer.guard;

import static dev.outbox.consumer.guard.Admission.DUPLICATE;
import static dev.outbox.consumer.guard.Admission.FORK;
import static dev.outbox.consumer.guard.Admission.GAP;
import static dev.outbox.consumer.guard.Admission.LATE;
import static dev.outbox.consumer.guard.Admission.NEW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.schema.OutboxSchema;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the guard by sequence does, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SequenceGuardContract {

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseKind kind;
    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final InboxGuard guard;
    private final TransactionTemplate transaction;

    SequenceGuardContract(DatabaseKind kind) {
        this.kind = kind;
        this.database = MigratedDatabase.on(kind, OutboxSchema.class).emptied("inbox_sequence", "inbox_sequence_run");
        this.dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.guard = InboxGuard.bySequence(dataSource, true);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Test
    void whatComesNextIsNewAndWhatWasAppliedIsADuplicate() {
        assertThat(admit(event(1), event(2), event(2), event(1), event(3)))
                .containsExactly(NEW, NEW, DUPLICATE, DUPLICATE, NEW);
        assertThat(admit(event(2), event(3), event(4))).containsExactly(DUPLICATE, DUPLICATE, NEW);
        assertThat(rows()).isOne();
    }

    @Test
    void whatIsLaterThanTheNextHasAGapBeforeItAndSoHasWhatFollows() {
        admit(event(1));
        assertThat(admit(event(3), event(4), event(1))).containsExactly(GAP, GAP, DUPLICATE);
        assertThat(admit(event(2), event(3), event(4))).containsExactly(NEW, NEW, NEW);
    }

    @Test
    void anotherIdUnderTheLastSequenceIsAForkAndHoldsBackWhatFollows() {
        admit(event(1), event(2));
        assertThat(admit(event(2, "another"), event(3))).containsExactly(FORK, FORK);
        assertThat(admit(event(2))).containsExactly(DUPLICATE);
    }

    @Test
    void aggregatesAreToldApartByConsumerSourceTopicAndId() {
        admit(event(1), event(2));
        assertThat(admit(
                        event("orders", "/orders", "b", 1L, "id"),
                        event("others", "/orders", "a", 1L, "id"),
                        event("orders", "/others", "a", 1L, "id")))
                .containsOnly(NEW);
        assertThat(admit("billing", guard, event(1))).containsExactly(NEW);
        assertThat(rows()).isEqualTo(5);
    }

    @Test
    void aConsumerThatStartsInTheMiddleTakesTheFirstThatItSees() {
        assertThat(admit(event(7), event(8), event(6))).containsExactly(NEW, NEW, LATE);
    }

    @Test
    void whatIsFromBeforeItsStartWasNotApplied() {
        admit(event(2));
        assertThat(admit(event(1))).containsExactly(LATE);
        assertThat(admit(event(2))).containsExactly(DUPLICATE);
    }

    @Test
    void aProducerThatHasLostSeveralCommitsMakesAForkBelowTheLastSequence() {
        admit(event(5), event(6));
        assertThat(admit(event(5, "another-5"))).containsExactly(FORK);
        assertThat(admit(event(6, "another-6"))).containsExactly(FORK);
        assertThat(admit(event(5), event(6))).containsExactly(DUPLICATE, DUPLICATE);
    }

    @Test
    void howeverManyCommitsItHasLost() {
        applyOneByOneAndTogether(300);
        assertThat(admit(event(3, "another"), event(301))).containsExactly(FORK, FORK);
        assertThat(admit(event(1), event(130), event(260), event(300), event(130, "another")))
                .containsExactly(DUPLICATE, DUPLICATE, DUPLICATE, DUPLICATE, FORK);
        assertThat(rows()).isOne();
    }

    @Test
    void aForkThatIsLetInIsWhatCounts() {
        applyOneByOneAndTogether(300);
        transaction.executeWithoutResult(status -> guard.letIn("stock", event(130, "another-130")));
        assertThat(admit(event(130, "another-130"), event(131, "another-131"))).containsExactly(NEW, NEW);
        assertThat(admit(event(129), event(130), event(131, "another-131"), event(200)))
                .containsExactly(DUPLICATE, FORK, DUPLICATE, FORK);
        assertThat(admit(event(132, "another-132"), event(131))).containsExactly(NEW, FORK);
    }

    @Test
    void aLateEventThatIsLetInIsAppliedOnceAndLeavesTheCount() {
        admit(event(7), event(8));
        transaction.executeWithoutResult(status -> guard.letIn("stock", event(3)));
        assertThat(admit(event(3), event(3), event(9))).containsExactly(NEW, DUPLICATE, NEW);
        assertThat(admit(event(3), event(3, "another"))).containsExactly(DUPLICATE, FORK);
        assertThat(admit(event(4))).containsExactly(LATE);
    }

    @Test
    void whatWasPassedOverAndComesAfterAllWasNotApplied() {
        admit(event(1));
        transaction.executeWithoutResult(status -> guard.letIn("stock", event(4)));
        assertThat(admit(event(3))).containsExactly(LATE);
        assertThat(admit(event(4), event(5))).containsExactly(NEW, NEW);
        assertThat(admit(event(3))).containsExactly(LATE);
        assertThat(admit(event(1))).containsExactly(DUPLICATE);
    }

    @Test
    void unlessItIsToWaitForTheEarlierOnes() {
        InboxGuard waiting = InboxGuard.bySequence(dataSource, false);
        assertThat(admit("stock", waiting, event(7), event(8))).containsExactly(GAP, GAP);
        assertThat(admit("stock", waiting, event(1), event(2))).containsExactly(NEW, NEW);
    }

    @Test
    void whatIsLetInIsNewWhateverIsMissingOrForked() {
        admit(event(1));
        transaction.executeWithoutResult(status -> guard.letIn("stock", event(5)));
        assertThat(admit(event(5), event(6))).containsExactly(NEW, NEW);
        assertThat(admit(event(6, "another"))).containsExactly(FORK);
        transaction.executeWithoutResult(status -> guard.letIn("stock", event(6, "another")));
        assertThat(admit(event(6, "another"))).containsExactly(NEW);
    }

    @Test
    void aRollbackTakesTheCountBack() {
        transaction.executeWithoutResult(status -> {
            guard.admit("stock", List.of(event(1)));
            status.setRollbackOnly();
        });
        assertThat(admit(event(1))).containsExactly(NEW);
    }

    @Test
    void aConcurrentDeliveryWaitsForTheFirst() {
        admit(event(1));
        CompletableFuture<List<Admission>> second = transaction.execute(status -> {
            guard.admit("stock", List.of(event(2)));
            CompletableFuture<List<Admission>> waiting = CompletableFuture.supplyAsync(() -> admit(event(2), event(3)));
            await().atMost(Patience.LIMIT).until(() -> waitingSessions() == 1);
            return waiting;
        });
        assertThat(second).succeedsWithin(Patience.LIMIT).isEqualTo(List.of(DUPLICATE, NEW));
    }

    @Test
    void twoDeliveriesThatBeginWithOneAggregateAtOnceDoNotBothApplyIt() {
        CompletableFuture<List<Admission>> second = transaction.execute(status -> {
            guard.admit("stock", List.of(event(1)));
            CompletableFuture<List<Admission>> waiting = CompletableFuture.supplyAsync(() -> admit(event(1)));
            await().atMost(Patience.LIMIT).until(() -> waitingSessions() == 1);
            return waiting;
        });
        assertThat(second.handle((admissions, failure) -> failure == null
                        ? admissions.equals(List.of(DUPLICATE))
                        : NestedExceptionUtils.getMostSpecificCause(failure) instanceof ConcurrencyFailureException))
                .as("the second one is repeated, or waits for the first")
                .succeedsWithin(Patience.LIMIT)
                .isEqualTo(true);
        assertThat(admit(event(1))).containsExactly(DUPLICATE);
    }

    @Test
    void deliveriesThatBeginWithDifferentAggregatesDoNotWaitForEachOther() {
        transaction.executeWithoutResult(status -> {
            guard.admit("stock", List.of(counted("a"), counted("c")));
            assertThat(CompletableFuture.supplyAsync(() -> admit(counted("b"))))
                    .succeedsWithin(Patience.LIMIT)
                    .isEqualTo(List.of(NEW));
        });
        assertThat(rows()).isEqualTo(3);
    }

    @Test
    void anEventThatIsNotCountedIsRefused() {
        assertThatExceptionOfType(UncountedEventException.class)
                .isThrownBy(() -> admit(event("orders", "/orders", "a", null, "id")))
                .withMessageContaining("ce_sequence")
                .withMessageContaining("choose guard event-id");
    }

    @Test
    void withoutATransactionNothingIsEntered() {
        assertThatIllegalStateException().isThrownBy(() -> guard.admit("stock", List.of(event(1))));
        assertThat(rows()).isZero();
    }

    private void applyOneByOneAndTogether(int events) {
        for (int sequence = 1; sequence <= 100; sequence++) {
            admit(event(sequence));
        }
        admit(LongStream.rangeClosed(101, events)
                .mapToObj(SequenceGuardContract::event)
                .toArray(GuardedEvent[]::new));
    }

    final List<Admission> admit(GuardedEvent... events) {
        return admit("stock", guard, events);
    }

    private List<Admission> admit(String consumer, InboxGuard asked, GuardedEvent... events) {
        List<Admission> admissions = transaction.execute(status -> asked.admit(consumer, List.of(events)));
        return admissions == null ? List.of() : admissions;
    }

    private static GuardedEvent counted(String aggregate) {
        return event("orders", "/orders", aggregate, 1L, "e-1");
    }

    static GuardedEvent event(long sequence) {
        return event(sequence, "e-" + sequence);
    }

    static GuardedEvent event(long sequence, String id) {
        return event("orders", "/orders", "a", sequence, id);
    }

    private static GuardedEvent event(
            String topic, String source, String aggregate, @Nullable Long sequence, String id) {
        return new GuardedEvent(topic, source, id, "OrderPlaced", aggregate, sequence);
    }

    private long waitingSessions() {
        return WaitingSessions.of(kind, database);
    }

    private long rows() {
        return jdbc.sql("select count(*) from inbox_sequence").query(Long.class).single();
    }
}

package dev.outbox.eventstore;

import static dev.outbox.eventstore.ExpectedVersion.any;
import static dev.outbox.eventstore.ExpectedVersion.exactly;
import static dev.outbox.eventstore.ExpectedVersion.none;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventType;
import dev.outbox.ledger.AccountOpened;
import dev.outbox.ledger.LedgerApplication;
import dev.outbox.ledger.LedgerRows;
import dev.outbox.ledger.LimitSet;
import dev.outbox.ledger.MoneyDeposited;
import dev.outbox.ledger.NoteAdded;
import dev.outbox.producer.EventRefusedException;
import dev.outbox.producer.Outbox;
import dev.outbox.upcast.UnreadablePayloadException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What holds for streams, whichever transaction manager there is. Each test has an account of its own. */
@SpringBootTest(classes = LedgerApplication.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EventStoreContract {

    @Autowired
    EventStore store;

    @Autowired
    Outbox outbox;

    @Autowired
    LedgerRows rows;

    @Autowired
    DataSource dataSource;

    @Autowired
    PlatformTransactionManager manager;

    TransactionTemplate transaction = new TransactionTemplate();

    private final ExecutorService others = Executors.newFixedThreadPool(8);
    String id = "";
    AggregateRef account = new AggregateRef("Account", "none");

    @BeforeEach
    void newAccount() {
        id = UUID.randomUUID().toString();
        account = new AggregateRef("Account", id);
        transaction = new TransactionTemplate(manager);
    }

    @AfterAll
    void stop() {
        others.shutdownNow();
    }

    @Test
    void whatIsAppendedIsRead() {
        Appended appended = append(none(), new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5));
        append(exactly(2), MoneyDeposited.of(id, 7));

        assertThat(appended.version()).isEqualTo(2);
        assertThat(appended.lastSeq()).isEqualTo(rows.lastSeq() - 1);
        assertThat(store.read(account))
                .extracting(StoredEvent::event)
                .containsExactly(new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 5), MoneyDeposited.of(id, 7));
        assertThat(store.read(account, 2)).singleElement().satisfies(event -> {
            assertThat(event.version()).isEqualTo(3);
            assertThat(event.type()).isEqualTo(new EventType("MoneyDeposited", 2));
        });
        assertThat(store.read(account, 3)).isEmpty();
        assertThat(rows.in("outbox_event_stored", account))
                .containsExactly("AccountOpened 1", "MoneyDeposited 2", "MoneyDeposited 3");
        assertThat(rows.in("outbox_event", account))
                .as("the same rows are the outbox")
                .hasSize(3);
    }

    @Test
    void anotherVersionIsAConflictThatDrawsNoNumberAndLeavesTheTransactionUsable() {
        append(none(), new AccountOpened(id, "Ada"));
        long before = rows.lastSeq();

        transaction.executeWithoutResult(status -> {
            for (ExpectedVersion expected : List.of(none(), exactly(2))) {
                assertThatExceptionOfType(VersionConflictException.class)
                        .isThrownBy(() -> store.append(account, expected, List.of(MoneyDeposited.of(id, 1))))
                        .satisfies(conflict -> {
                            assertThat(conflict.stream()).isEqualTo(account);
                            assertThat(conflict.expected()).isEqualTo(expected);
                            assertThat(conflict.actual()).isOne();
                        })
                        .withMessageContaining(account + " has version 1, but " + expected + " was expected");
            }
            assertThat(rows.lastSeq()).isEqualTo(before);
            store.append(account, exactly(1), List.of(MoneyDeposited.of(id, 2)));
        });

        assertThat(rows.in("outbox_event", account)).containsExactly("AccountOpened 1", "MoneyDeposited 2");
    }

    @Test
    void aStreamThatDoesNotExistHasNoVersion() {
        assertThatExceptionOfType(VersionConflictException.class)
                .isThrownBy(() -> append(exactly(7), MoneyDeposited.of(id, 1)))
                .withMessageContaining("has no event, but version 7 was expected");
        assertThat(rows.keys(account)).isZero();
    }

    @Test
    void ofEightWritersOneWinsAndNoneBurnsANumber() throws Exception {
        append(none(), new AccountOpened(id, "Ada"));
        for (int version = 1; version <= 20; version++) {
            ExpectedVersion expected = exactly(version);
            long before = rows.lastSeq();

            assertThat(eight(() -> append(expected, MoneyDeposited.of(id, 1)))).isOne();

            assertThat(rows.lastSeq()).isEqualTo(before + 1);
        }
        assertThat(store.read(account)).hasSize(21);
    }

    @Test
    void ofEightThatBeginAStreamOneWins() throws Exception {
        long before = rows.lastSeq();

        assertThat(eight(() -> append(none(), new AccountOpened(id, "Ada")))).isOne();

        assertThat(rows.lastSeq()).isEqualTo(before + 1);
        assertThat(rows.in("outbox_event", account)).containsExactly("AccountOpened 1");
    }

    @Test
    void eightThatExpectNothingAllAppend() throws Exception {
        assertThat(eight(() -> append(any(), MoneyDeposited.of(id, 1), MoneyDeposited.of(id, 2))))
                .isEqualTo(8);

        assertThat(store.read(account)).hasSize(16);
    }

    @Test
    void aRollbackLeavesNothingBehind() {
        append(none(), new AccountOpened(id, "Ada"));
        transaction.executeWithoutResult(status -> {
            store.append(account, exactly(1), List.of(MoneyDeposited.of(id, 1)));
            status.setRollbackOnly();
        });

        assertThat(append(exactly(1), MoneyDeposited.of(id, 2)).version()).isEqualTo(2);
        assertThat(store.read(account)).hasSize(2);
    }

    @Test
    void aStreamThatWasOnlyReadCannotChangeUntilTheDecisionIsCommitted() throws Exception {
        AggregateRef other = stream("other");
        appendTo(other, none(), new AccountOpened(other.id(), "Bo"));
        Future<Appended> late = transaction.execute(status -> {
            Appended appended = store.append(
                    Boundary.of(account, none()).and(other, exactly(1)), List.of(new AccountOpened(id, "Ada")));
            assertThat(appended.versions()).containsOnlyKeys(account).containsValue(1L);
            assertThat(appended.lastSeq()).isEqualTo(rows.lastSeq());
            Future<Appended> waiting =
                    others.submit(() -> appendTo(other, exactly(1), MoneyDeposited.of(other.id(), 1)));
            awaitWaiting();
            return waiting;
        });

        assertThat(result(late).version()).isEqualTo(2);
    }

    @Test
    void aStreamThatWasFoundEmptyCannotBeginUntilTheDecisionIsCommitted() throws Exception {
        AggregateRef other = stream("other");
        Future<Appended> late = transaction.execute(status -> {
            store.append(Boundary.of(account, none()).and(other, none()), List.of(new AccountOpened(id, "Ada")));
            Future<Appended> waiting =
                    others.submit(() -> appendTo(other, none(), new AccountOpened(other.id(), "Bo")));
            awaitWaiting();
            return waiting;
        });

        assertThat(result(late).version()).isOne();
        assertThat(rows.in("outbox_event", other)).containsExactly("AccountOpened 1");
    }

    @Test
    void aConflictWithinABoundaryWritesNothing() {
        AggregateRef other = stream("other");
        appendTo(other, none(), new AccountOpened(other.id(), "Bo"));
        long before = rows.lastSeq();

        transaction.executeWithoutResult(status -> {
            Boundary boundary = Boundary.of(account, none()).and(other, exactly(3));
            assertThatExceptionOfType(VersionConflictException.class)
                    .isThrownBy(() -> store.append(boundary, List.of(new AccountOpened(id, "Ada"))))
                    .satisfies(conflict -> assertThat(conflict.stream()).isEqualTo(other))
                    .satisfies(conflict -> assertThat(conflict.actual()).isOne());
            store.append(other, exactly(1), List.of(MoneyDeposited.of(other.id(), 1)));
        });

        assertThat(rows.lastSeq()).isEqualTo(before + 1);
        assertThat(rows.keys(account)).isZero();
        assertThat(rows.in("outbox_event", other)).containsExactly("AccountOpened 1", "MoneyDeposited 2");
    }

    @Test
    void eventsOfSeveralStreamsAreAppendedTogether() {
        AggregateRef limit = new AggregateRef("Limit", id);
        Appended appended = transaction.execute(status -> store.append(
                Boundary.of(limit, any()).and(account, none()),
                List.of(new LimitSet(id, 100), new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 1))));

        assertThat(appended).isNotNull();
        assertThat(appended.versionOf(account)).isEqualTo(2);
        assertThat(appended.versionOf(limit)).isOne();
        assertThat(rows.in("outbox_event", limit)).as("never published").isEmpty();
        assertThat(rows.in("outbox_event_unpublished", limit)).containsExactly("LimitSet 1");
    }

    @Test
    void whatWasRaisedBeforeComesBefore() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new AccountOpened(id, "Ada"));
            outbox.publish(new NoteAdded(id, "before"));
            assertThatExceptionOfType(VersionConflictException.class)
                    .isThrownBy(() -> store.append(account, none(), List.of(MoneyDeposited.of(id, 1))))
                    .satisfies(conflict -> assertThat(conflict.actual()).isOne());
            store.append(account, exactly(1), List.of(MoneyDeposited.of(id, 2)));
            outbox.publish(new AccountOpened(id, "Bo"));
            outbox.publish(new NoteAdded(id, "after"));
            assertThat(store.read(account)).hasSize(3);
            outbox.publish(MoneyDeposited.of(id, 3));
        });

        assertThat(rows.in("outbox_event_stored", account))
                .containsExactly("AccountOpened 1", "MoneyDeposited 2", "AccountOpened 3", "MoneyDeposited 4");
        assertThat(rows.in("outbox_event", new AggregateRef("Note", id))).containsExactly("NoteAdded 1", "NoteAdded 2");
    }

    @Test
    void eventsThatAreRaisedOtherwiseAreStoredAsWell() {
        transaction.executeWithoutResult(status -> {
            outbox.publish(new NoteAdded(id, "note"));
            outbox.publish(new AccountOpened(id, "Ada"));
            outbox.publish(new LimitSet(id, 3));
        });

        assertThat(rows.in("outbox_event_stored", account)).containsExactly("AccountOpened 1");
        assertThat(rows.in("outbox_event_unpublished", new AggregateRef("Limit", id)))
                .containsExactly("LimitSet 1");
        assertThat(rows.in("outbox_event", new AggregateRef("Note", id))).containsExactly("NoteAdded 1");
        assertThat(append(exactly(1), MoneyDeposited.of(id, 1)).version()).isEqualTo(2);
    }

    @Test
    void aStoredEventOfAnEarlierVersionIsRead() {
        append(none(), new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 1));
        rows.jdbc()
                .sql(
                        "update outbox_event_stored set version = 1, payload = :payload where aggregateid = :id and aggregate_seq = 2")
                .param(
                        "payload",
                        "{\"account\":\"%s\",\"amount\":8}".formatted(id).getBytes(StandardCharsets.UTF_8))
                .param("id", id)
                .update();

        assertThat(store.read(account, 1)).singleElement().satisfies(event -> {
            assertThat(event.event()).isEqualTo(MoneyDeposited.of(id, 8));
            assertThat(event.type()).isEqualTo(new EventType("MoneyDeposited", 1));
        });
    }

    @Test
    void anEventThatNothingKnowsIsAnError() {
        append(none(), new AccountOpened(id, "Ada"));
        rows.jdbc()
                .sql("update outbox_event_stored set type = 'AccountFrozen' where aggregateid = :id")
                .param("id", id)
                .update();

        assertThatExceptionOfType(UnreadablePayloadException.class)
                .isThrownBy(() -> store.read(account))
                .withMessageContaining("AccountFrozen v1, number 1 of " + account);
    }

    @Test
    void aMissingEventIsAnError() {
        append(none(), new AccountOpened(id, "Ada"), MoneyDeposited.of(id, 1), MoneyDeposited.of(id, 2));
        rows.jdbc()
                .sql("delete from outbox_event_stored where aggregateid = :id and aggregate_seq = 2")
                .param("id", id)
                .update();

        assertThatExceptionOfType(IncompleteStreamException.class)
                .isThrownBy(() -> store.read(account))
                .withMessageContaining("Event 2 of " + account + " is missing: 3 comes next");
    }

    @Test
    void aNumberIsNeverStoredTwice() {
        append(none(), new AccountOpened(id, "Ada"));
        rows.jdbc()
                .sql("delete from outbox_key where aggregateid = :id")
                .param("id", id)
                .update();

        assertThatExceptionOfType(DuplicateKeyException.class)
                .isThrownBy(() -> append(none(), new AccountOpened(id, "Ada")))
                .withMessageContaining("outbox_event_stream");
    }

    @Test
    void whatCannotBeAppendedIsRefused() {
        assertThatExceptionOfType(EventRefusedException.class)
                .isThrownBy(() -> store.append(account, none(), List.of(new AccountOpened(id, "Ada"))))
                .withMessageContaining("without a transaction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> append(none(), new AccountOpened("another", "Ada")))
                .withMessageContaining("belongs to Account another");
        assertThatIllegalArgumentException().isThrownBy(() -> append(none())).withMessageContaining("no event");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> appendTo(new AggregateRef("Note", id), any(), new NoteAdded(id, "text")))
                .withMessageContaining("not stored")
                .withMessageContaining("outbox.eventstore.stored");
        assertThatIllegalArgumentException().isThrownBy(() -> store.read(new AggregateRef("Note", id)));
        assertThat(rows.in("outbox_event", account)).isEmpty();
    }

    Appended append(ExpectedVersion expected, Object... events) {
        return appendTo(account, expected, events);
    }

    Appended appendTo(AggregateRef stream, ExpectedVersion expected, Object... events) {
        return Objects.requireNonNull(transaction.execute(status -> store.append(stream, expected, List.of(events))));
    }

    private AggregateRef stream(String prefix) {
        return new AggregateRef("Account", prefix + " " + id);
    }

    /** {@return how many of eight that try at once succeed; the others have a conflict} */
    private long eight(Callable<Appended> attempt) throws Exception {
        CyclicBarrier together = new CyclicBarrier(8);
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            results.add(others.submit(() -> {
                together.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
                try {
                    attempt.call();
                    return true;
                } catch (VersionConflictException lost) {
                    return false;
                }
            }));
        }
        long won = 0;
        for (Future<Boolean> result : results) {
            won += result(result) ? 1 : 0;
        }
        return won;
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitWaiting() {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> WaitingSessions.of(DatabaseKind.POSTGRESQL, dataSource) > 0);
    }
}

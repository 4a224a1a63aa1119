package dev.outbox.consumer.internal.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.collection;
import static org.awaitility.Awaitility.await;

import dev.outbox.consumer.parking.InboxKey;
import dev.outbox.consumer.parking.InboxSelection;
import dev.outbox.consumer.parking.ParkedInboxCause;
import dev.outbox.consumer.parking.ParkedInboxEvent;
import dev.outbox.consumer.parking.ParkedInboxKey;
import dev.outbox.consumer.parking.ParkingCause;
import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** How records are parked, on each database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InboxParkingContract {

    private static final InboxKey KEY = key("a");

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseKind kind;
    private final JdbcClient jdbc;
    private final InboxParkingStore store;
    private final TransactionTemplate transaction;

    InboxParkingContract(DatabaseKind kind) {
        this.kind = kind;
        this.database = MigratedDatabase.on(kind, OutboxSchema.class).emptied("inbox_parked", "outbox_shedlock");
        DataSource dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.store = InboxParkingStore.on(DatabaseProduct.of(dataSource), dataSource, OutboxTables.ON_SEARCH_PATH);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    @Test
    void aRecordIsParkedAsItCameAndOnlyOnce() {
        park(parking(KEY, 2L, "e-2", ParkingCause.FAILED, "no\0stock"));
        park(parking(KEY, 2L, "e-2", ParkingCause.BEHIND, null));

        assertThat(store.events(KEY, 10)).singleElement().satisfies(event -> {
            assertThat(event.key()).isEqualTo(KEY);
            assertThat(event.cause()).isEqualTo(ParkingCause.FAILED);
            assertThat(event.reason()).isEqualTo("no\ufffdstock");
            assertThat(event.attempts()).isEqualTo(3);
            assertThat(event.discarded()).isFalse();
            assertThat(event.editedAt()).isNull();
            assertThat(event.received().topic()).isEqualTo("orders");
            assertThat(event.received().partition()).isEqualTo(7);
            assertThat(event.received().offset()).isEqualTo(42);
            assertThat(event.received().key()).isEqualTo(bytes("a"));
            assertThat(event.received().value()).isEqualTo(bytes("{}"));
            assertThat(event.received().headers().lastHeader("ce_id").value()).isEqualTo(bytes("ü"));
            assertThat(store.find(event.id())).map(ParkedInboxEvent::received).isPresent();
        });
    }

    @Test
    void aRecordWithoutKeyAndPayloadIsParkedToo() {
        ConsumerRecord<byte[], byte[]> tombstone = new ConsumerRecord<>("orders", 0, 1, null, null);
        park(new InboxParking(
                KEY,
                tombstone,
                Map.of(),
                new InboxParking.Identity("/orders", "e-1", "OrderPlaced", null),
                ParkingCause.FAILED,
                null,
                1));

        ParkedInboxEvent parked = store.first(KEY).orElseThrow();
        assertThat(parked.received().key()).isNull();
        assertThat(parked.received().value()).isNull();
    }

    @Test
    void theEventsOfAKeyComeBySequenceAndThoseWithoutOneAsTheyWereParked() {
        park(parking(KEY, null, "x", ParkingCause.BEHIND, null));
        park(parking(KEY, 3L, "e-3", ParkingCause.BEHIND, null));
        park(parking(KEY, 2L, "e-2", ParkingCause.GAP, null));
        park(parking(KEY, null, "y", ParkingCause.BEHIND, null));

        assertThat(store.events(KEY, 10))
                .extracting(event -> jdbc.sql("select event_id from inbox_parked where id = :id")
                        .param("id", event.id())
                        .query(String.class)
                        .single())
                .containsExactly("e-2", "e-3", "x", "y");
        assertThat(store.keys(10)).singleElement().satisfies(key -> {
            assertThat(key.events()).isEqualTo(4);
            assertThat(key.cause()).isEqualTo(ParkingCause.GAP);
        });
    }

    @Test
    void keysAreListedAndCountedByTheCauseOfTheirFirstEvent() {
        park(parking(key("x"), 1L, "x-1", ParkingCause.FAILED, "no stock"));
        park(parking(key("x"), 2L, "x-2", ParkingCause.BEHIND, null));
        park(parking(key("y"), 1L, "y-1", ParkingCause.FAILED, "no stock"));
        park(parking(key("z"), 3L, "z-3", ParkingCause.GAP, null));
        store.discard(store.first(key("y")).orElseThrow().id());

        assertThat(store.causes(10))
                .extracting(
                        ParkedInboxCause::cause,
                        ParkedInboxCause::reason,
                        ParkedInboxCause::keys,
                        ParkedInboxCause::events)
                .containsExactly(tuple(ParkingCause.FAILED, "no stock", 1L, 2L), tuple(ParkingCause.GAP, null, 1L, 1L));
        assertThat(store.causes(1)).hasSize(1);
        assertThat(store.keys(new InboxSelection(KEY.consumer(), null, ParkingCause.FAILED, "no stock"), 10))
                .extracting(ParkedInboxKey::key)
                .containsExactly(key("x"));
        assertThat(store.keys(new InboxSelection(null, "z", null, null), 10))
                .extracting(ParkedInboxKey::key)
                .containsExactly(key("z"));
        assertThat(store.keys(new InboxSelection("nobody", null, null, null), 10))
                .isEmpty();
        assertThat(store.count(key("x"))).isEqualTo(2);
        assertThat(store.count(key("y"))).as("discarded").isZero();
    }

    @Test
    void keysAreListedByTheirOldestEventWithoutDiscardedOnes() {
        park(parking(key("b"), 1L, "b-1", ParkingCause.FAILED, "first"));
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, "second"));
        park(parking(KEY, 2L, "a-2", ParkingCause.BEHIND, null));
        store.discard(store.first(KEY).orElseThrow().id());

        assertThat(store.keys(10))
                .extracting(ParkedInboxKey::key, ParkedInboxKey::events, ParkedInboxKey::cause, ParkedInboxKey::reason)
                .containsExactly(
                        tuple(key("b"), 1L, ParkingCause.FAILED, "first"), tuple(KEY, 1L, ParkingCause.BEHIND, null));
        assertThat(store.keys(1)).extracting(ParkedInboxKey::key).containsExactly(key("b"));
        assertThat(store.first(KEY))
                .get()
                .extracting(ParkedInboxEvent::discarded)
                .isEqualTo(true);
    }

    @Test
    void theBacklogOfAConsumerIsCountedWithItsAge() {
        assertThat(store.backlog("stock")).isEqualTo(ParkedBacklog.NONE);
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, null));
        park(parking(new InboxKey("billing", "orders", "a"), 1L, "a-1", ParkingCause.FAILED, null));
        parkedAt("2020-01-01 00:00:00");

        assertThat(store.backlog("stock").events()).isEqualTo(1);
        assertThat(store.backlog("stock").age()).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void gapsAndWhatWaitsAreFoundByTheFirstEventOfTheirKey() {
        park(parking(KEY, 2L, "a-2", ParkingCause.GAP, null));
        park(parking(key("b"), 2L, "b-2", ParkingCause.FAILED, null));
        park(parking(key("b"), 3L, "b-3", ParkingCause.BEHIND, null));
        park(parking(key("c"), 3L, "c-3", ParkingCause.BEHIND, null));

        assertThat(store.gapsOlderThan(Duration.ofDays(1), 10)).isEmpty();
        parkedAt("2020-01-01 00:00:00");
        assertThat(store.gapsOlderThan(Duration.ofDays(1), 10)).containsExactly(KEY);
        assertThat(store.events(KEY, 1))
                .extracting(ParkedInboxEvent::parkedAt)
                .containsExactly(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(store.waiting("stock", null, 10)).containsExactly(KEY, key("c"));
        assertThat(store.waiting("stock", KEY, 10)).containsExactly(key("c"));
        assertThat(store.waiting("billing", null, 10)).isEmpty();
    }

    @Test
    void whatBecomesOfAnEventIsStored() {
        park(parking(KEY, 1L, "a-1", ParkingCause.GAP, null));
        long id = store.first(KEY).orElseThrow().id();

        store.tried(id, ParkingCause.GAP, "tried", 5);
        store.refuse(id, ParkingCause.FORK, "refused");
        assertThat(store.edit(id, bytes("edited"))).isTrue();
        assertThat(store.find(id)).get().satisfies(event -> {
            assertThat(event.cause()).isEqualTo(ParkingCause.FORK);
            assertThat(event.reason()).isEqualTo("refused");
            assertThat(event.attempts()).isEqualTo(5);
            assertThat(event.received().value()).isEqualTo(bytes("edited"));
            assertThat(event.editedAt()).isNotNull().isAfterOrEqualTo(event.parkedAt());
        });

        store.discard(KEY);
        assertThat(store.edit(id, bytes("late"))).isFalse();
        store.remove(id);
        assertThat(store.find(id)).isEmpty();
    }

    @Test
    void whoAsksForAKeyThatIsBeingReleasedWaitsForTheEndOfIt() {
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, null));
        CompletableFuture<Set<InboxKey>> second = transaction.execute(status -> {
            store.lock(KEY);
            store.remove(store.first(KEY).orElseThrow().id());
            return waiting(() -> store.lockParked("stock", List.of(KEY, key("b"))));
        });
        assertThat(second)
                .as("the last event of the key was released")
                .succeedsWithin(Patience.LIMIT)
                .asInstanceOf(collection(InboxKey.class))
                .isEmpty();
    }

    @Test
    void whoAsksForAKeyWhoseReleaseFailsFindsItParked() {
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, null));
        CompletableFuture<Set<InboxKey>> second = transaction.execute(status -> {
            store.lock(KEY);
            store.remove(store.first(KEY).orElseThrow().id());
            status.setRollbackOnly();
            return waiting(() -> store.lockParked("stock", List.of(KEY, key("b"))));
        });
        assertThat(second).succeedsWithin(Patience.LIMIT).isEqualTo(Set.of(KEY));
    }

    @Test
    void aReleaseWaitsForADeliveryThatParksBehind() {
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, null));
        CompletableFuture<Integer> released = transaction.execute(status -> {
            assertThat(store.lockParked("stock", List.of(KEY))).containsExactly(KEY);
            store.park(List.of(parking(KEY, 2L, "a-2", ParkingCause.BEHIND, null)));
            return waiting(() -> {
                store.lock(KEY);
                return store.events(KEY, 10).size();
            });
        });
        assertThat(released).succeedsWithin(Patience.LIMIT).isEqualTo(2);
    }

    @Test
    void otherKeysAreNotWaitedFor() {
        park(parking(KEY, 1L, "a-1", ParkingCause.FAILED, null));
        park(parking(key("b"), 1L, "b-1", ParkingCause.FAILED, null));
        transaction.executeWithoutResult(status -> {
            store.lock(KEY);
            store.remove(store.first(KEY).orElseThrow().id());
            assertThat(CompletableFuture.supplyAsync(() -> transaction.execute(other -> {
                        store.lock(key("b"));
                        store.remove(store.first(key("b")).orElseThrow().id());
                        return store.lockParked("stock", List.of(key("b"), key("c")));
                    })))
                    .succeedsWithin(Patience.LIMIT)
                    .asInstanceOf(collection(InboxKey.class))
                    .isEmpty();
        });
    }

    @Test
    void whoHasAskedForKeysSeesWhatIsCommittedAfterwards() {
        String elsewhere = "insert into outbox_shedlock (name, lock_until, locked_at, locked_by)"
                + " values ('a', '2020-01-01 00:00:00', '2020-01-01 00:00:00', 'b')";
        transaction.executeWithoutResult(status -> {
            assertThat(store.lockParked("stock", List.of(KEY))).isEmpty();
            assertThat(CompletableFuture.supplyAsync(() -> JdbcClient.create(database.dataSource())
                            .sql(elsewhere)
                            .update()))
                    .succeedsWithin(Patience.LIMIT);
            assertThat(jdbc.sql("select count(*) from outbox_shedlock")
                            .query(Long.class)
                            .single())
                    .isOne();
        });
    }

    /** {@return the result of what another transaction does, which by now waits for this one} */
    private <T> CompletableFuture<T> waiting(Supplier<T> work) {
        CompletableFuture<T> waiting = CompletableFuture.supplyAsync(() -> transaction.execute(other -> work.get()));
        await().atMost(Patience.LIMIT).until(() -> WaitingSessions.of(kind, database) == 1);
        return waiting;
    }

    private void park(InboxParking parking) {
        transaction.executeWithoutResult(status -> store.park(List.of(parking)));
    }

    private void parkedAt(String time) {
        String utc = kind == DatabaseKind.POSTGRESQL ? time + "+00" : time;
        jdbc.sql("update inbox_parked set parked_at = '%s'".formatted(utc)).update();
    }

    private static InboxParking parking(
            InboxKey key, @Nullable Long sequence, String id, ParkingCause cause, @Nullable String reason) {
        return new InboxParking(
                key,
                new ConsumerRecord<>("orders", 7, 42, bytes(key.key()), bytes("{}")),
                Map.of("ce_id", "ü"),
                new InboxParking.Identity("/orders", id, "OrderPlaced", sequence),
                cause,
                reason,
                3);
    }

    private static InboxKey key(String key) {
        return new InboxKey("stock", "orders", key);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

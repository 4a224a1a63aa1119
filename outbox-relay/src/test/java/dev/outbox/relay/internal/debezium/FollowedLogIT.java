package dev.outbox.relay.internal.debezium;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.Reads;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A slot from which nobody reads: the test confirms what Debezium would have published. */
class FollowedLogIT {

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final ReplicationSlots slots = new ReplicationSlots(database.dataSource());
    private final ReplicationSlot slot = ReplicationSlot.postgres(
            database.dataSource(),
            database.dataSource(),
            OutboxTables.ON_SEARCH_PATH,
            new SlotName(null, "outbox_debezium"));
    private final DebeziumMonitor monitor = new DebeziumMonitor(slot.name(), Duration.ZERO, System::nanoTime);
    private final FollowedSlot followed = new FollowedSlot(slot, Duration.ofMillis(1), monitor);
    private final OutboxLog log = followed.open(OutboxLog.postgres(database.dataSource()), BucketRange.ALL, () -> {});

    private Position position = Position.START;

    @AfterEach
    void dropTheSlot() {
        Awaitility.await().atMost(Patience.LIMIT).until(slots::drop);
    }

    @Test
    void readsTheTableWhileThereIsNoSlot() throws Exception {
        beat(3);
        commit("first");
        assertThat(read()).containsExactly("first");
        commit("second");
        assertThat(read()).containsExactly("second");
        assertThat(monitor.details()).containsEntry("publishes", "relay");
        assertThat(monitor.trouble()).get().asString().contains("pg_create_logical_replication_slot");
    }

    @Test
    void leavesToDebeziumWhatIsCommittedAfterTheSlotIsThere() throws Exception {
        commit("before");
        slot.create();
        beat(2);
        assertThat(read()).containsExactly("before");
        commit("after");
        assertThat(read()).isEmpty();
        beat(1);
        assertThat(monitor.details()).containsEntry("publishes", "debezium");
        assertThat(monitor.trouble()).get().asString().contains("does the connector run?");
    }

    /** Its commit may be in the WAL before the slot begins, and be visible much later. */
    @Test
    void readsTheTableUntilAllTransactionsOfBeforeHaveEnded() throws Exception {
        slot.create();
        try (OutboxSession running = new OutboxSession(database.dataSource()).begin()) {
            beat(2);
            commit("first");
            assertThat(read()).containsExactly("first");
            commit("second");
            assertThat(read()).containsExactly("second");
            running.append(event("b", "third")).commit();
        }
        assertThat(read()).containsExactly("third");
        awaitFollowed();
        commit("fourth");
        assertThat(read()).isEmpty();
    }

    @Test
    void thePositionIsWhatDebeziumHasConfirmed() throws Exception {
        slot.create();
        awaitFollowed();
        commit("sent");
        beat(2);
        assertThat(read()).isEmpty();
        assertThat(inTable(position)).containsExactly("sent");

        confirm();
        beat(2);
        commit("not sent");
        beat(2);
        assertThat(read()).isEmpty();
        assertThat(inTable(position)).containsExactly("not sent");
    }

    @Test
    void whatASlotThatIsGoneHasNotDeliveredIsReadFromTheTable() throws Exception {
        slot.create();
        awaitFollowed();
        commit("not delivered");
        assertThat(read()).isEmpty();
        slot.drop();
        beat(1);
        assertThat(read()).containsExactly("not delivered");

        commit("between");
        slot.create();
        beat(1);
        assertThat(read()).containsExactly("between");
        commit("after");
        assertThat(read()).isEmpty();
    }

    @Test
    void aLaneThatGoesBackReadsTheTable() throws Exception {
        slot.create();
        beat(1);
        Position before = position;
        commit("failed");
        assertThat(read()).containsExactly("failed");
        position = before;
        assertThat(read()).containsExactly("failed");
    }

    /** Reads on until it is left to Debezium; there must be nothing to read. */
    private void awaitFollowed() throws InterruptedException {
        beat(1);
        Awaitility.await().atMost(Patience.LIMIT).until(() -> {
            assertThat(read()).isEmpty();
            return followed.isFollowed();
        });
    }

    private void beat(int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            followed.runOnce();
        }
    }

    /** What Debezium does when Kafka has acknowledged everything. */
    private void confirm() {
        jdbc.sql("select pg_replication_slot_advance(:slot, pg_current_wal_insert_lsn())")
                .param("slot", slot.name())
                .query()
                .listOfRows();
    }

    private void commit(String label) throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("a", label)).commit();
        }
    }

    private List<String> read() {
        OutboxPage page = log.read(Reads.LANE, position, Reads.AMPLE);
        position = page.end();
        return labels(page);
    }

    private List<String> inTable(Position after) {
        return labels(OutboxLog.postgres(database.dataSource()).read(Reads.LANE, after, Reads.AMPLE));
    }

    private static List<String> labels(OutboxPage page) {
        return page.rows().stream()
                .map(row -> new String(row.event().payload().bytes(), StandardCharsets.UTF_8))
                .toList();
    }
}

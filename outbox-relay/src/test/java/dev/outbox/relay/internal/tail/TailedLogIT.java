package dev.outbox.relay.internal.tail;

import static dev.outbox.producer.internal.write.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.event.AggregateRef;
import dev.outbox.event.EventEnvelope;
import dev.outbox.event.EventPayload;
import dev.outbox.event.EventType;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Reads;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class TailedLogIT {

    /** Each of them tells the lane what has been running since it began. */
    private static final int BEATS = 5;

    private static final ReadBudget BUDGET = new ReadBudget(20, 1_000_000);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema.class);

    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final TailUnderTest tail = new TailUnderTest(database, BUDGET);

    @AfterEach
    void end() {
        tail.close();
    }

    @Test
    void bringsAnEventAsTheTableHasIt() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        byte[] large = new byte[300_000];
        EventEnvelope full = new EventEnvelope(
                UUID.randomUUID(),
                new EventType("Größe ✓", 7),
                new AggregateRef("Ördér", "ключ 1"),
                "topic-1",
                "/source",
                Instant.parse("1969-07-20T20:17:40.000001Z"),
                EventPayload.of("application/avro", large),
                Map.of("traceparent", "00-1-2-03", "ключ", "\"значение\"\n"));
        commit(full, event("a", "plain"));

        List<OutboxRow> streamed = readOn(start, 2);

        assertThat(tail.stream.isFollowed()).isTrue();
        assertThat(streamed)
                .usingRecursiveComparison()
                .isEqualTo(OutboxLog.postgres(database.dataSource())
                        .read(Reads.LANE, Position.START, Reads.AMPLE)
                        .rows());
    }

    @Test
    void theTableContinuesWhereTheStreamWas() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        try (OutboxSession late = new OutboxSession(database.dataSource()).begin()) {
            commit(event("a", "a1"));
            List<String> streamed = new ArrayList<>();
            Position position = readOn(start, 1, streamed);
            late.append(event("b", "b1")).commit();
            commit(event("a", "a2"));

            OutboxPage rest = OutboxLog.postgres(database.dataSource())
                    .read(Reads.LANE, Position.parse(position.toString()), Reads.AMPLE);

            assertThat(streamed).containsExactly("a1");
            assertThat(rest.rows()).extracting(TailUnderTest::label).containsExactly("b1", "a2");
        }
    }

    @Test
    void aLaneThatGoesBackReadsTheTableAndJoinsAgain() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        commit(event("a", "a1"));
        List<String> first = new ArrayList<>();
        readOn(start, 1, first);
        commit(event("a", "a2"));

        List<String> again = new ArrayList<>();
        Position position = readOn(start, 2, again);
        tail.awaitFollowed(position);

        assertThat(first).containsExactly("a1");
        assertThat(again).containsExactly("a1", "a2");
    }

    @Test
    void aTransactionLargerThanWhatIsKeptIsReadFromTheTable() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        EventEnvelope[] many = new EventEnvelope[500];
        for (int i = 0; i < many.length; i++) {
            many[i] = event("key-" + i % 7, "large-" + i);
        }
        commit(many);
        commit(event("a", "small"));

        List<String> labels = new ArrayList<>();
        Position position = readOn(start, many.length + 1, labels);
        tail.awaitFollowed(position);

        assertThat(labels).hasSize(many.length + 1).doesNotHaveDuplicates().endsWith("small");
    }

    @Test
    void aLaneThatDoesNotKeepUpReadsTheTable() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            commit(event("a", "a" + i));
            expected.add("a" + i);
        }

        List<String> labels = new ArrayList<>();
        Position position = readOn(start, 100, labels);
        tail.awaitFollowed(position);

        assertThat(labels).isEqualTo(expected);
    }

    @Test
    void confirmsWhatAllLanesHaveSavedAndNothingElse() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        tail.save(start);
        commit(event("a", "a1"));
        String committed = jdbc.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();
        Position position = readOn(start, 1, new ArrayList<>());
        // The stream goes on, and so do its heartbeats.
        for (int i = 0; i < 10; i++) {
            commit(event("b", "b" + i));
            position = readOn(position, 1, new ArrayList<>());
        }
        assertThat(tail.isConfirmed(committed)).isFalse();

        Position[] last = {position};
        TailUnderTest.await(() -> {
            last[0] = tail.read(last[0]).end();
            tail.save(last[0]);
            return tail.isConfirmed(committed);
        });
    }

    @Test
    void aQuietDatabaseIsConfirmedToo() {
        Position[] position = {tail.awaitFollowed(Position.START)};
        tail.save(position[0]);
        // Another database of the server, or anything that is no event.
        jdbc.sql("create table noise as select * from generate_series(1, 10000) as n")
                .update();
        String written = jdbc.sql("select pg_current_wal_insert_lsn()::text")
                .query(String.class)
                .single();

        TailUnderTest.await(() -> {
            position[0] = tail.read(position[0]).end();
            tail.save(position[0]);
            return tail.isConfirmed(written);
        });
    }

    @Test
    void withoutItsSlotTheLaneReadsTheTable() throws SQLException {
        Position start = tail.awaitFollowed(Position.START);
        commit(event("a", "a1"));
        tail.dropSlot();
        commit(event("a", "a2"));

        List<String> labels = new ArrayList<>();
        Position position = readOn(start, 2, labels);
        commit(event("a", "a3"));
        position = readOn(position, 1, labels);
        tail.awaitFollowed(position);
        commit(event("a", "a4"));
        readOn(position, 1, labels);

        assertThat(labels).containsExactly("a1", "a2", "a3", "a4");
    }

    /** Its commit may be in the WAL before the lane begins to collect, and be visible much later. */
    @Test
    void doesNotJoinWhileTheLatestTransactionMayBeCommitting() throws Exception {
        tail.awaitFollowed(Position.START);
        try (OutboxSession latest = new OutboxSession(database.dataSource());
                OutboxSession blocker = new OutboxSession(database.dataSource())) {
            latest.begin();
            blocker.execute("select pg_advisory_lock(1)");
            CompletableFuture<Integer> statement = CompletableFuture.supplyAsync(() -> waitFor(latest));
            TailUnderTest.await(() -> WaitingSessions.of(DatabaseKind.POSTGRESQL, database) == 1);

            Position position = tail.read(Position.START).end();
            tail.forgetArrivals();
            for (int beat = 0; beat < BEATS; beat++) {
                assertThat(tail.awaitArrival()).isTrue();
                position = tail.read(position).end();
            }
            assertThat(tail.stream.isFollowed()).isFalse();

            blocker.execute("select pg_advisory_unlock(1)");
            statement.join();
            latest.append(event("a", "a1")).commit();
            tail.awaitFollowed(readOn(position, 1, new ArrayList<>()));
        }
    }

    /** A statement that is running: of an idle session, the lane would know that it has not begun to commit. */
    private static int waitFor(OutboxSession session) {
        try {
            return session.execute("select pg_advisory_xact_lock(1)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void commit(EventEnvelope... events) throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(events).commit();
        }
    }

    private List<OutboxRow> readOn(Position from, int count) {
        List<OutboxRow> rows = new ArrayList<>();
        readOn(from, count, rows::add);
        return rows;
    }

    private Position readOn(Position from, int count, List<String> labels) {
        return readOn(from, count, row -> labels.add(TailUnderTest.label(row)));
    }

    private Position readOn(Position from, int count, Consumer<OutboxRow> found) {
        Position[] position = {from};
        int[] rows = {0};
        TailUnderTest.await(() -> {
            OutboxPage page = tail.read(position[0]);
            position[0] = page.end();
            page.rows().forEach(found);
            rows[0] += page.rows().size();
            return rows[0] >= count;
        });
        return position[0];
    }
}

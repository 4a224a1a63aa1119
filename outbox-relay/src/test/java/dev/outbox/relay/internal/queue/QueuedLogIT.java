package dev.outbox.relay.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.TestEvents;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.lease.Lease;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneEpoch;
import dev.outbox.relay.internal.log.LaneLostException;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a lane reads and deletes on real tables; each of these rules has a database that would break it. */
@ParameterizedClass
@EnumSource(
        value = DatabaseKind.class,
        names = {"MARIADB", "H2"})
class QueuedLogIT {

    private static final ReadBudget AMPLE = new ReadBudget(1_000, 10_000_000);
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final int WRITERS = 8;
    private static final int TRANSACTIONS = 100;

    @RegisterExtension
    final MigratedDatabase database;

    private final DataSource dataSource;
    private final DatabaseProduct product;
    private final EventQueue queue;
    private final LaneStore lanes;
    private final JdbcClient jdbc;
    private final QueuedLog log;

    QueuedLogIT(DatabaseKind kind) {
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.dataSource = database.dataSource();
        this.product = DatabaseProduct.of(dataSource);
        this.queue = EventQueue.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.lanes = LaneStore.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
        this.jdbc = JdbcClient.create(dataSource);
        this.log = new QueuedLog(queue);
    }

    @Test
    void readsPageByPageAndNothingTwice() throws SQLException {
        commit("a", "b", "a", "b", "a");
        Lease lease = acquire("one");

        OutboxPage first = read(lease, Position.START, new ReadBudget(2, 1_000));
        OutboxPage second = read(lease, first.end(), new ReadBudget(2, 1_000));
        OutboxPage third = read(lease, second.end(), new ReadBudget(2, 1_000));
        OutboxPage last = read(lease, third.end(), new ReadBudget(2, 1_000));

        assertThat(seqs(first, second, third)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(first.isCaughtUp()).isFalse();
        assertThat(third.isCaughtUp()).isTrue();
        assertThat(last.rows()).isEmpty();
    }

    @Test
    void anEventLargerThanItsShareComesAndOneLargerThanTheBudgetComesAlone() throws SQLException {
        try (OutboxSession session = new OutboxSession(dataSource)) {
            session.append(TestEvents.event("t", "a", "x".repeat(100)), TestEvents.event("t", "a", "y".repeat(100)))
                    .append(TestEvents.event("t", "a", "z".repeat(5_000)), TestEvents.event("t", "a"))
                    .commit();
        }
        Lease lease = acquire("one");
        ReadBudget small = new ReadBudget(10, 150);

        OutboxPage first = read(lease, Position.START, small);
        OutboxPage second = read(lease, first.end(), small);
        OutboxPage third = read(lease, second.end(), small);

        assertThat(sizes(first)).containsExactly(100L, 100L);
        assertThat(sizes(second)).containsExactly(5_000L);
        assertThat(sizes(third)).containsExactly(2L);
    }

    @Test
    void aLateCommitComesBeforeWhatFollowsItInItsAggregate() throws SQLException {
        Lease lease = acquire("one");
        try (OutboxSession late = new OutboxSession(dataSource)) {
            // Written by hand: on H2, the other writer would wait for the one that is late.
            late.execute(row(5, "late"));
            jdbc.sql(row(7, "other")).update();
            OutboxPage first = read(lease, Position.START, AMPLE);
            late.commit();
            jdbc.sql(row(9, "late")).update();

            OutboxPage second = read(lease, first.end(), AMPLE);
            OutboxPage third = read(lease, second.end(), AMPLE);

            assertThat(seqs(first)).containsExactly(7L);
            assertThat(seqs(second)).containsExactly(5L);
            assertThat(seqs(third)).containsExactly(9L);
        }
    }

    @Test
    void whatIsDoneIsDeletedWithTheLeaseAndNothingElse() throws SQLException {
        commit("a", "b", "a");
        Lease lease = acquire("one");
        OutboxPage first = read(lease, Position.START, new ReadBudget(2, 1_000));
        read(lease, first.end(), AMPLE);

        assertThat(log.removable(first.end())).isEqualTo(first.rows().size());
        assertThat(lanes.renew(lease, first.end(), () -> log.remove(first.end())))
                .isTrue();
        log.removed(first.end());

        assertThat(left()).containsExactly(3L);
        assertThat(log.removable(first.end())).isZero();
    }

    @Test
    void aDeleteDoesNotWaitForRowsThatAreNotCommitted() throws SQLException {
        Lease lease = acquire("one");
        try (OutboxSession open = new OutboxSession(dataSource)) {
            open.execute(row(5, "open"));
            jdbc.sql(row(7, "done")).update();
            OutboxPage page = read(lease, Position.START, AMPLE);

            assertThat(lanes.renew(lease, page.end(), () -> log.remove(page.end())))
                    .isTrue();
            log.removed(page.end());

            open.commit();
        }
        assertThat(left()).containsExactly(5L);
    }

    @Test
    void aRelayThatHasLostItsLaneReadsAndDeletesNothing() throws SQLException {
        commit("a", "b");
        Lease lost = acquire("one");
        OutboxPage page = read(lost, Position.START, AMPLE);
        jdbc.sql("update outbox_lane set lease_until = '2020-01-01 00:00:00'").update();
        acquire("two");

        assertThat(lanes.renew(lost, page.end(), () -> log.remove(page.end()))).isFalse();
        assertThatExceptionOfType(LaneLostException.class).isThrownBy(() -> read(lost, page.end(), AMPLE));

        assertThat(left()).containsExactly(1L, 2L);
    }

    @Test
    void afterAFailureWhatWasNotDoneIsReadAgainInOrder() throws SQLException {
        commit("a", "b", "a", "b");
        Lease lease = acquire("one");
        OutboxPage first = read(lease, Position.START, new ReadBudget(1, 1_000));
        OutboxPage second = read(lease, first.end(), AMPLE);
        lanes.renew(lease, first.end(), () -> log.remove(first.end()));
        log.removed(first.end());

        OutboxPage again = read(lease, first.end(), AMPLE);

        assertThat(seqs(second)).containsExactly(2L, 3L, 4L);
        assertThat(seqs(again)).containsExactly(2L, 3L, 4L);
        assertThat(seqs(read(acquire("one"), Position.START, AMPLE))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void aDeleteWhoseAnswerWasLostIsNoticed() throws SQLException {
        commit("a", "b", "a");
        Lease lease = acquire("one");
        OutboxPage first = read(lease, Position.START, AMPLE);
        // Committed, but the relay was told otherwise.
        log.remove(first.end());
        commit("a");

        OutboxPage second = read(lease, first.end(), AMPLE);

        assertThat(seqs(second)).containsExactly(4L);
        log.remove(second.end());
        assertThat(left()).isEmpty();
    }

    @Test
    void nothingIsLostAndAllIsInOrderUnderWritersOfOneKeyAndOfManyNewOnes() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                running.add(writers.submit(() -> write(number)));
            }
            Lease lease = acquire("one");
            Map<String, List<Long>> counts = new HashMap<>();
            Position position = Position.START;
            int read = 0;
            while (read < WRITERS * TRANSACTIONS * 3) {
                for (Future<?> writer : running) {
                    if (writer.isDone()) {
                        writer.get();
                    }
                }
                OutboxPage page = read(lease, position, new ReadBudget(50, 1_000_000));
                position = page.end();
                for (OutboxRow row : page.rows()) {
                    counts.computeIfAbsent(row.event().aggregate().id(), key -> new ArrayList<>())
                            .add(row.aggregateSeq());
                }
                read += page.rows().size();
                if (page.rows().size() % 2 == 1) {
                    Position done = position;
                    assertThat(lanes.renew(lease, done, () -> log.remove(done))).isTrue();
                    log.removed(done);
                }
            }
            assertThat(counts.get("hot")).hasSize(WRITERS * TRANSACTIONS);
            assertThat(counts.values()).allSatisfy(numbers -> {
                for (int i = 0; i < numbers.size(); i++) {
                    assertThat(numbers.get(i)).isEqualTo(i + 1);
                }
            });
        } finally {
            writers.shutdownNow();
        }
    }

    private Void write(int writer) throws SQLException {
        try (OutboxSession session = new OutboxSession(dataSource)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                // Each new key is raised by all writers at about the same time.
                session.append(
                                TestEvents.event("t", "new-" + i),
                                TestEvents.event("t", "hot"),
                                TestEvents.event("t", "own-" + writer))
                        .commit();
            }
        }
        return null;
    }

    private static String row(long seq, String aggregateId) {
        return """
                insert into outbox_event (
                    seq, aggregate_seq, created_at, id, version, bucket, aggregatetype, aggregateid,
                    type, topic, source, contenttype, payload)
                values (%d, 1, '2026-01-01 00:00:00', '0190a3b4-0000-7000-8000-00000000000%d', 1, 0, 'Order', '%s', 'T', 't', 's', 'c', '')
                """.formatted(seq, seq, aggregateId);
    }

    private void commit(String... aggregateIds) throws SQLException {
        try (OutboxSession session = new OutboxSession(dataSource)) {
            for (String id : aggregateIds) {
                EventEnvelope event = TestEvents.event("t", id);
                session.append(event);
            }
            session.commit();
        }
    }

    private Lease acquire(String owner) {
        return lanes.acquire(Lane.ONLY, owner, TTL).orElseThrow();
    }

    private OutboxPage read(Lease lease, Position after, ReadBudget budget) {
        return log.read(new LaneEpoch(BucketRange.ALL, lease.epoch()), after, budget);
    }

    private List<Long> left() {
        return jdbc.sql("select seq from outbox_event order by seq")
                .query((row, rowNumber) -> row.getLong(1))
                .list();
    }

    private static List<Long> sizes(OutboxPage page) {
        return page.rows().stream()
                .map(row -> (long) row.event().payload().size())
                .toList();
    }

    private static List<Long> seqs(OutboxPage... pages) {
        return List.of(pages).stream()
                .flatMap(page -> page.rows().stream())
                .map(OutboxRow::seq)
                .toList();
    }
}

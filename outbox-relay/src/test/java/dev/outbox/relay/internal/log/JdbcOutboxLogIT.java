package dev.outbox.relay.internal.log;

import static dev.outbox.producer.internal.write.Events.event;
import static dev.outbox.relay.internal.log.Reads.AMPLE;
import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.event.EventEnvelope;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.schema.OutboxSchema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

class JdbcOutboxLogIT {

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema.class).emptied("outbox_event", "outbox_key");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private static final OutboxLog log = OutboxLog.postgres(database.dataSource());

    private final List<OutboxSession> sessions = new ArrayList<>();
    private Position position = Position.START;

    @BeforeEach
    void clear() {
        jdbc.sql("update outbox_lane set lane = 0, lanes = 1, epoch = 1").update();
    }

    @AfterEach
    void endSessions() throws SQLException {
        for (OutboxSession session : sessions) {
            session.close();
        }
    }

    @Test
    void readsEachCommittedEventOnce() throws SQLException {
        session().append(event("a", "a1"), event("b", "b1")).commit();
        assertThat(readLabels()).containsExactly("a1", "b1");
        assertThat(readLabels()).isEmpty();
        session().append(event("a", "a2")).commit();
        assertThat(readLabels()).containsExactly("a2");
    }

    @Test
    void returnsTheEventAsItWasWritten() throws SQLException {
        EventEnvelope plain = event("a", "{\"x\":1}");
        EventEnvelope written = new EventEnvelope(
                plain.id(),
                plain.type(),
                plain.aggregate(),
                plain.topic(),
                plain.source(),
                plain.time(),
                plain.payload(),
                Map.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tenant", "Ä\"1"));
        session().append(written).commit();
        OutboxRow read = log.read(LANE, position, AMPLE).rows().get(0);
        assertThat(read.event()).isEqualTo(written);
        assertThat(read.aggregateSeq()).isEqualTo(1);
    }

    @Test
    void doesNotLoseAnEventWithALowerSeqThatCommitsLater() throws SQLException {
        OutboxSession late = session().append(event("a", "late"));
        session().append(event("b", "early")).commit();
        assertThat(readLabels()).containsExactly("early");
        late.commit();
        assertThat(readLabels()).containsExactly("late");
    }

    @Test
    void keepsTheOrderOfAnAggregateWhoseLaterWriterHasTheOlderTransactionId() throws SQLException {
        OutboxSession older = session().begin();
        session().append(event("a", "a1")).commit();
        older.append(event("a", "a2")).commit();
        assertThat(readLabels()).containsExactly("a1", "a2");
    }

    @Test
    void keepsTheOrderOfAnAggregateAcrossReads() throws SQLException {
        OutboxSession older = session().begin();
        session().append(event("a", "a1")).commit();
        assertThat(readLabels()).containsExactly("a1");
        older.append(event("a", "a2"));
        session().append(event("b", "b1")).commit();
        assertThat(readLabels()).containsExactly("b1");
        older.commit();
        assertThat(readLabels()).containsExactly("a2");
    }

    @Test
    void aTransactionThatStaysOpenDelaysOnlyItsOwnEvents() throws SQLException {
        OutboxSession open = session().append(event("z", "open"));
        for (int i = 1; i <= 5; i++) {
            session().append(event("a", "a" + i)).commit();
            assertThat(readLabels()).containsExactly("a" + i);
        }
        open.commit();
        assertThat(readLabels()).containsExactly("open");
    }

    @Test
    void aRollbackLeavesAGapThatNobodyWaitsFor() throws SQLException {
        session().append(event("a", "never")).rollback();
        session().append(event("a", "a1")).commit();
        assertThat(readLabels()).containsExactly("a1");
    }

    @Test
    void readsTheSavepointsOfATransactionWithIt() throws SQLException {
        OutboxSession open = session().append(event("a", "before"));
        open.savepoint();
        open.append(event("a", "inside"));
        assertThat(readLabels()).isEmpty();
        open.commit();
        assertThat(readLabels()).containsExactly("before", "inside");
    }

    @Test
    void pagesABacklogBySeqWhileNewAndLateEventsArrive() throws SQLException {
        OutboxSession late = session().append(event("late", "late"));
        OutboxSession within = session();
        for (int i = 1; i <= 25; i++) {
            session().append(event("a", "a" + i), event("b", "b" + i)).commit();
            if (i == 15) {
                within.append(event("within", "within"));
            }
        }
        ReadBudget small = new ReadBudget(7, 1_000_000);
        List<String> read = new ArrayList<>(readLabels(small));
        session().append(event("a", "a26")).commit();
        late.commit();
        within.commit();
        int reads = 1;
        do {
            List<String> page = readLabels(small);
            assertThat(page).hasSizeLessThanOrEqualTo(7);
            read.addAll(page);
            reads++;
        } while (read.size() < 53 && reads < 50);
        assertThat(read).hasSize(53).doesNotHaveDuplicates().contains("late", "within");
        assertThat(read.stream().filter(label -> label.startsWith("a"))).containsExactlyElementsOf(numbered("a", 26));
        assertThat(read.stream().filter(label -> label.startsWith("b"))).containsExactlyElementsOf(numbered("b", 25));
        assertThat(readLabels()).isEmpty();
    }

    @Test
    void isNotCaughtUpAtTheEndOfABacklogForMoreMayHaveComeMeanwhile() throws SQLException {
        session().append(event("a", "a1"), event("a", "a2"), event("a", "a3")).commit();
        ReadBudget small = new ReadBudget(2, 1_000_000);
        readLabels(small);
        session().append(event("a", "a4")).commit();

        OutboxPage last = log.read(LANE, position, small);
        assertThat(last.rows()).hasSize(1);
        assertThat(last.isCaughtUp()).isFalse();

        OutboxPage next = log.read(LANE, last.end(), small);
        assertThat(next.rows()).hasSize(1);
        assertThat(next.isCaughtUp()).isTrue();
    }

    @Test
    void goesOnInTheMiddleOfABacklogFromASavedPosition() throws SQLException {
        for (int i = 1; i <= 10; i++) {
            session().append(event("a", "a" + i)).commit();
        }
        ReadBudget small = new ReadBudget(4, 1_000_000);
        assertThat(readLabels(small)).containsExactly("a1", "a2", "a3", "a4");
        position = Position.parse(position.toString());
        assertThat(readLabels(small)).startsWith("a5");
    }

    @Test
    void stopsAtTheByteBudgetButLetsALargeEventThrough() throws SQLException {
        byte[] large = new byte[5_000];
        session()
                .append(event("a", large), event("a", large), event("a", "small"))
                .commit();
        ReadBudget tight = new ReadBudget(100, 1_000);
        assertThat(log.read(LANE, position, tight).rows()).hasSize(1);
        List<Long> sizes = new ArrayList<>();
        for (int reads = 0; reads < 4; reads++) {
            OutboxPage page = log.read(LANE, position, tight);
            page.rows().forEach(row -> sizes.add((long) row.event().payload().size()));
            position = page.end();
        }
        assertThat(sizes).containsExactly(5_000L, 5_000L, 5L);
    }

    @Test
    void keepsToTheByteBudgetInABacklogOfSmallAndLargeEvents() throws SQLException {
        List<Integer> sizes = List.of(5, 5, 5, 5, 5, 5, 1_500, 5, 1_500, 1_500, 700, 700, 700, 5, 5, 5, 1_500);
        for (int size : sizes) {
            session().append(event("a", new byte[size])).commit();
        }
        ReadBudget tight = new ReadBudget(4, 2_000);
        List<Integer> read = new ArrayList<>();
        OutboxPage page;
        do {
            page = log.read(LANE, position, tight);
            position = page.end();
            List<Integer> ofPage = page.rows().stream()
                    .map(row -> row.event().payload().size())
                    .toList();
            read.addAll(ofPage);
            int beforeTheLast = ofPage.stream()
                    .limit(Math.max(0, ofPage.size() - 1))
                    .mapToInt(Integer::intValue)
                    .sum();
            assertThat(beforeTheLast).isLessThan(2_000);
        } while (!page.isCaughtUp());
        assertThat(read).isEqualTo(sizes);
    }

    @Test
    void readsOnlyTheBucketsItIsAskedFor() throws SQLException {
        session()
                .append(event("order-1", "bucket 47"), event("123456789", "bucket 38"))
                .commit();
        jdbc.sql("update outbox_lane set lane = 5, lanes = 8").update();
        LaneEpoch lane = new LaneEpoch(new BucketRange(40, 47), 1);

        OutboxPage page = log.read(lane, position, AMPLE);

        assertThat(page.rows()).extracting(row -> row.event().payload().text()).containsExactly("bucket 47");
    }

    @Test
    void refusesAPositionThatTheServerHasNotReached() {
        Position ahead = Position.parse("900000000:900000000:");
        assertThatExceptionOfType(PositionAheadException.class)
                .isThrownBy(() -> log.read(LANE, ahead, AMPLE))
                .withMessageContaining("900000000")
                .withMessageContaining("LaneRebase.republish()");
    }

    @Test
    void refusesTheReaderOfALaneThatHasHadAnotherOwnerSince() throws SQLException {
        session().append(event("a", "a1")).commit();
        jdbc.sql("update outbox_lane set epoch = 2").update();

        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(LANE, position, AMPLE))
                .withMessageContaining("epoch 1");
        assertThat(log.read(new LaneEpoch(BucketRange.ALL, 2), position, AMPLE).rows())
                .hasSize(1);
    }

    @Test
    void refusesTheReaderInTheMiddleOfABacklog() throws SQLException {
        byte[] large = new byte[5_000];
        session()
                .append(event("a", "a1"), event("a", "a2"), event("a", large), event("a", "a4"))
                .commit();
        ReadBudget two = new ReadBudget(2, 1_000);
        position = log.read(LANE, position, two).end();
        assertThat(position.paging()).isNotNull();
        jdbc.sql("update outbox_lane set epoch = 2").update();

        assertThatExceptionOfType(LaneLostException.class)
                .as("a page that begins with a large event")
                .isThrownBy(() -> log.read(LANE, position, two));
        assertThatExceptionOfType(LaneLostException.class)
                .isThrownBy(() -> log.read(LANE, position, new ReadBudget(2, 1_000_000)));
    }

    @Test
    void refusesTheReaderOfALaneThatIsNoMore() throws SQLException {
        session().append(event("a", "a1")).commit();
        jdbc.sql("update outbox_lane set lane = 1, lanes = 2").update();

        assertThatExceptionOfType(LaneLostException.class).isThrownBy(() -> log.read(LANE, position, AMPLE));
    }

    @Test
    void readsRowsThatAnotherProgramInserted() {
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into outbox_event (aggregate_seq, created_at, id, version, bucket, aggregatetype,
                            aggregateid, type, topic, source, contenttype, payload)
                        values (1, now(), ?, 1, 47, 'Order', 'order-1', 'OrderPlaced', 'orders', '/legacy', 'text/plain', 'x')
                        """).param(id).update();
        assertThat(log.read(LANE, position, AMPLE).rows())
                .extracting(row -> row.event().id())
                .containsExactly(id);
    }

    private OutboxSession session() throws SQLException {
        OutboxSession session = new OutboxSession(database.dataSource());
        sessions.add(session);
        return session;
    }

    private List<String> readLabels() {
        return readLabels(AMPLE);
    }

    private List<String> readLabels(ReadBudget budget) {
        OutboxPage page = log.read(LANE, position, budget);
        position = page.end();
        return page.rows().stream().map(row -> row.event().payload().text()).toList();
    }

    private static List<String> numbered(String prefix, int count) {
        List<String> labels = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            labels.add(prefix + i);
        }
        return labels;
    }
}

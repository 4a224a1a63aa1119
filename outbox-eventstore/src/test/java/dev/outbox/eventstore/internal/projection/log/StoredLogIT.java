package dev.outbox.eventstore.internal.projection.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import dev.outbox.schema.OutboxTables;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What one read after another returns. */
class StoredLogIT {

    private static final Buckets ALL = Buckets.of(0, 1);

    private static final int AMPLE = 1_000_000;

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private SingleConnectionDataSource connection;
    private StoredLog log;
    private Session writer;
    private Session late;

    @BeforeEach
    void connect() throws SQLException {
        connection = new SingleConnectionDataSource(database.dataSource().getConnection(), true);
        JdbcClient.create(connection).sql(Accounts.TABLES).update();
        log = StoredLog.of(connection, OutboxTables.ON_SEARCH_PATH);
        writer = new Session(database.dataSource());
        late = new Session(database.dataSource());
    }

    @AfterEach
    void disconnect() throws SQLException {
        writer.close();
        late.close();
        connection.destroy();
    }

    @Test
    void whatCommitsLateIsReadOnceAndHoldsNothingUp() {
        append(late, "late", NOON);
        append(writer, "a", NOON);
        writer.commit();

        LogPage first = log.read(ALL, LogPosition.START, AMPLE, AMPLE);
        assertThat(streams(first)).containsExactly("a");
        late.commit();
        LogPage second = log.read(ALL, first.end(), AMPLE, AMPLE);
        assertThat(streams(second)).containsExactly("late");
        assertThat(log.read(ALL, second.end(), AMPLE, AMPLE).events()).isEmpty();
    }

    @Test
    void aBacklogIsPagedInOrderByRowsAndByBytes() {
        for (int event = 0; event < 7; event++) {
            append(writer, event % 2 == 0 ? "a" : "bu", NOON);
        }
        writer.commit();

        assertThat(pages(3, AMPLE)).containsExactly(3, 3, 1);
        assertThat(pages(AMPLE, 2)).as("each payload has one byte").containsExactly(2, 2, 2, 1);
        assertThat(pages(AMPLE, 1)).hasSize(7);
    }

    @Test
    void aLookSaysWhetherThereIsAnything() {
        String before = log.now().done();
        assertThat(log.nothingSince(ALL, before)).isPresent();
        append(late, "late", NOON);
        append(writer, "a", NOON);
        writer.commit();

        assertThat(log.nothingSince(ALL, before)).isEmpty();
        String looked = log.now().done();
        assertThat(log.nothingSince(ALL, looked)).isPresent();
        late.commit();
        assertThat(log.nothingSince(ALL, looked))
                .as("a transaction that was running")
                .isEmpty();
    }

    @Test
    void whoBeginsNowGetsWhatIsCommittedFromThenOn() {
        append(late, "late", NOON);
        append(writer, "a", NOON);
        writer.commit();
        LogPosition now = log.now();
        late.commit();
        append(writer, "b", NOON);
        writer.commit();

        assertThat(streams(log.read(ALL, now, AMPLE, AMPLE))).containsExactly("late", "b");
    }

    /** If times decided about each event, a stream would have holes. */
    @Test
    void whoBeginsAtATimeGetsEachStreamFromSomeEventOnWithoutAHole() {
        append(writer, "a", NOON.minusSeconds(10));
        append(writer, "b", NOON.minusSeconds(9));
        append(writer, "a", NOON.plusSeconds(1));
        append(writer, "a", NOON.minus(Duration.ofHours(1)));
        append(writer, "bu", NOON.plusSeconds(2));
        writer.commit();

        LogPage page = log.read(ALL, log.since(NOON), AMPLE, AMPLE);

        assertThat(page.events().stream()
                        .map(event -> event.event().stream().id() + " "
                                + event.event().version()))
                .containsExactly("a 2", "a 3", "bu 1");
        assertThat(log.read(ALL, log.since(NOON.plusSeconds(60)), AMPLE, AMPLE).events())
                .isEmpty();
    }

    @Test
    void aLaneReadsItsBucketsAlone() {
        for (int stream = 0; stream < 40; stream++) {
            append(writer, "stream-" + stream, NOON);
        }
        writer.commit();

        List<String> all = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            List<String> found = streams(log.read(Buckets.of(lane, 3), LogPosition.START, AMPLE, AMPLE));
            assertThat(found).isNotEmpty();
            all.addAll(found);
        }
        assertThat(all).hasSize(40).doesNotHaveDuplicates();
        for (int bucket = 0; bucket < 64; bucket++) {
            Buckets buckets = Buckets.of(Buckets.laneOf(bucket, 3), 3);
            assertThat(bucket).isBetween(buckets.first(), buckets.last());
        }
    }

    @Test
    void whatWasRestoredIntoAYoungerServerIsRefused() {
        append(writer, "a", NOON);
        writer.commit();
        assertThatExceptionOfType(ForeignLogPositionException.class)
                .isThrownBy(() -> log.read(ALL, LogPosition.at("99999999:99999999:"), AMPLE, AMPLE))
                .withMessageContaining("99999999");

        JdbcClient.create(connection)
                .sql("update outbox_event_stored set xid = 77777777")
                .update();
        assertThatExceptionOfType(ForeignLogPositionException.class)
                .isThrownBy(() -> log.read(ALL, LogPosition.START, AMPLE, AMPLE))
                .withMessageContaining("77777778");
    }

    private List<Integer> pages(int rows, int bytes) {
        List<Integer> sizes = new ArrayList<>();
        LogPosition position = LogPosition.START;
        long last = 0;
        while (true) {
            LogPage page = log.read(ALL, position, rows, bytes);
            for (LogEvent event : page.events()) {
                assertThat(event.seq()).isGreaterThan(last);
                last = event.seq();
            }
            if (!page.events().isEmpty()) {
                sizes.add(page.events().size());
            }
            position = page.end();
            if (page.isLast()) {
                return sizes;
            }
        }
    }

    private static void append(Session session, String stream, Instant time) {
        Accounts.append(session.jdbc(), stream, 1, time);
    }

    private static List<String> streams(LogPage page) {
        return page.events().stream().map(event -> event.event().stream().id()).toList();
    }
}

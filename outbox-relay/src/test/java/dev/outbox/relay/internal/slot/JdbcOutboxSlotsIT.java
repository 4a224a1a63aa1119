package dev.outbox.relay.internal.slot;

import static dev.outbox.producer.internal.write.Events.event;
import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.producer.internal.write.OutboxSession;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Snapshot;
import dev.outbox.relay.internal.slot.SlotResult.Busy;
import dev.outbox.relay.internal.slot.SlotResult.Empty;
import dev.outbox.relay.internal.slot.SlotResult.Truncated;
import dev.outbox.relay.internal.slot.SlotResult.Unpublished;
import dev.outbox.schema.OutboxSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class JdbcOutboxSlotsIT {

    private static final int SLOT = 2;

    private static final String SLOT_DEFAULT = """
            select pg_get_expr(adbin, adrelid)
            from pg_attrdef join pg_attribute on attrelid = adrelid and attnum = adnum
            where adrelid = 'outbox_event'::regclass and attname = 'slot'
            """;

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema.class).emptied("outbox_event", "outbox_key", "outbox_lane");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private static OutboxSlots slots;
    private static String slotDefault;

    @BeforeAll
    static void connect() {
        slots = OutboxSlots.postgres(withStatementTimeout(Patience.LIMIT.toSeconds() + "s"));
        slotDefault = jdbc.sql(SLOT_DEFAULT).query(String.class).single();
        jdbc.sql("alter table outbox_event alter column slot set default " + SLOT)
                .update();
    }

    @Test
    void truncatesWhatAllLanesHavePublished() throws SQLException {
        commit("a1");
        commit("a2");
        published(0, now());
        published(1, now());
        assertThat(slots.truncate(SLOT))
                .isInstanceOfSatisfying(
                        Truncated.class,
                        truncated -> assertThat(truncated.bytes()).isPositive());
        assertThat(count()).isZero();
        assertThat(slots.truncate(SLOT)).isEqualTo(new Empty(SLOT));
    }

    @Test
    void leavesOtherSlotsAlone() throws SQLException {
        commit("a1");
        published(0, now());
        published(1, now());
        assertThat(slots.truncate(SLOT + 1)).isEqualTo(new Empty(SLOT + 1));
        assertThat(count()).isOne();
    }

    @Test
    void refusesAnEventThatOneLaneHasNotPublished() throws SQLException {
        String before = now();
        commit("a1");
        published(0, now());
        published(1, before);
        assertThat(slots.truncate(SLOT)).isInstanceOf(Unpublished.class);
        assertThat(count()).isOne();
    }

    @Test
    void refusesAnEventThatCommittedAfterThePositionsAlthoughItBeganBefore() throws SQLException {
        try (OutboxSession late = new OutboxSession(database.dataSource())) {
            late.append(event("late", "late"));
            commit("a1");
            published(0, now());
            published(1, now());
            late.commit();
            assertThat(slots.truncate(SLOT)).isInstanceOf(Unpublished.class);
            assertThat(count()).isEqualTo(2);
            published(0, now());
            published(1, now());
            assertThat(slots.truncate(SLOT)).isInstanceOf(Truncated.class);
        }
    }

    @Test
    void refusesWhileATransactionThatHasWrittenIntoTheSlotIsOpen() throws SQLException {
        commit("a1");
        try (OutboxSession open = new OutboxSession(database.dataSource())) {
            open.append(event("open", "open"));
            published(0, now());
            published(1, now());
            assertThat(slots.truncate(SLOT)).isEqualTo(new Busy(SLOT));
            open.commit();
            assertThat(slots.truncate(SLOT)).isInstanceOf(Unpublished.class);
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void doesNotWaitBehindAReader() throws SQLException {
        commit("a1");
        published(0, now());
        published(1, now());
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("select * from outbox_event").close();
            assertThat(slots.truncate(SLOT)).isEqualTo(new Busy(SLOT));
            reader.rollback();
        }
        assertThat(slots.truncate(SLOT)).isInstanceOf(Truncated.class);
    }

    @Test
    void whoComesWhileItWaitsWaitsBehindIt() throws Exception {
        commit("a1");
        published(0, now());
        published(1, now());
        ExecutorService others = Executors.newFixedThreadPool(2);
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("select * from outbox_event").close();
            Future<SlotResult> truncating = others.submit(() -> slots.truncate(SLOT, Patience.LIMIT));
            awaitWaiting(1);
            Future<Integer> later = others.submit(() -> count());
            awaitWaiting(2);
            reader.commit();
            assertThat(truncating.get()).isInstanceOf(Truncated.class);
            assertThat(later.get()).isZero();
        } finally {
            others.shutdown();
        }
    }

    @Test
    void waitsNoLongerThanItIsTold() throws SQLException {
        commit("a1");
        published(0, now());
        published(1, now());
        try (Connection reader = database.dataSource().getConnection()) {
            reader.setAutoCommit(false);
            reader.createStatement().executeQuery("select * from outbox_event").close();
            assertThat(slots.truncate(SLOT, Duration.ofMillis(1))).isEqualTo(new Busy(SLOT));
            reader.rollback();
        }
        assertThat(count()).isOne();
    }

    @Test
    void readersWithoutPauseDoNotKeepItForEver() throws Exception {
        commit("a1");
        published(0, now());
        published(1, now());
        AtomicBoolean reading = new AtomicBoolean(true);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<?>> read = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                CountDownLatch begun = new CountDownLatch(1);
                read.add(readers.submit(() -> {
                    try (Connection reader = database.dataSource().getConnection()) {
                        while (reading.get()) {
                            reader.createStatement()
                                    .executeQuery("select * from outbox_event")
                                    .close();
                            begun.countDown();
                        }
                    }
                    return null;
                }));
                begun.await();
            }
            assertThat(slots.truncate(SLOT, Patience.LIMIT)).isInstanceOf(Truncated.class);
        } finally {
            reading.set(false);
            readers.shutdown();
        }
        for (Future<?> reader : read) {
            reader.get();
        }
    }

    @Test
    void refusesWhileALaneHasNoPosition() throws SQLException {
        commit("a1");
        assertThat(slots.truncate(SLOT)).isEqualTo(new Unpublished(SLOT, "no lane has been relayed yet"));
        published(0, now());
        published(1, null);
        assertThat(slots.truncate(SLOT)).isEqualTo(new Unpublished(SLOT, "lane 1 has no position yet"));
        assertThat(count()).isOne();
    }

    @Test
    void refusesPositionsOfAnotherDatabase() throws SQLException {
        commit("a1");
        published(0, "900000000:900000000:");
        published(1, "900000000:900000000:");
        assertThat(slots.truncate(SLOT)).isInstanceOf(Unpublished.class);
        assertThat(count()).isOne();
    }

    @Test
    void aBacklogThatIsBeingPagedIsNotPublished() throws SQLException {
        Position position = Position.at(Snapshot.parse(now()));
        for (int i = 1; i <= 10; i++) {
            commit("a" + i);
        }
        OutboxLog log = OutboxLog.postgres(database.dataSource());
        published(0, position.toString());
        Position paging = log.read(LANE, position, new ReadBudget(4, 1_000_000)).end();
        published(0, paging.toString());
        published(1, now());
        assertThat(slots.truncate(SLOT)).isInstanceOf(Unpublished.class);
        Position last = paging;
        for (int pages = 0; pages < 2; pages++) {
            last = log.read(LANE, last, new ReadBudget(4, 1_000_000)).end();
        }
        published(0, last.toString());
        assertThat(slots.truncate(SLOT)).isInstanceOf(Truncated.class);
    }

    @Test
    void freesTheSpaceOfTransactionsThatWereRolledBack() throws SQLException {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("a", "never")).rollback();
        }
        published(0, now());
        published(1, now());
        assertThat(slots.truncate(SLOT)).isInstanceOf(Truncated.class);
    }

    @Test
    void looksAgainUnderTheLockForWhatWasCommittedMeanwhile() throws SQLException {
        commit("a1");
        published(0, now());
        published(1, now());
        DataSource hooked = HookedDataSource.beforeTransaction(database.dataSource(), () -> commit("meanwhile"));
        assertThat(OutboxSlots.postgres(hooked).truncate(SLOT)).isInstanceOf(Unpublished.class);
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void givesTheLockBackOfAProcessThatStopsWithIt() throws Exception {
        commit("a1");
        published(0, now());
        published(1, now());
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch continued = new CountDownLatch(1);
        DataSource stopping = HookedDataSource.beforeStatement(database.dataSource(), "truncate", () -> {
            locked.countDown();
            awaitUninterrupted(continued);
        });
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        try {
            Future<SlotResult> result =
                    stopped.submit(() -> OutboxSlots.postgres(stopping).truncate(SLOT));
            locked.await();

            assertThat(count(withStatementTimeout("2min"))).isOne();

            continued.countDown();
            assertThatThrownBy(result::get).hasCauseInstanceOf(DataAccessResourceFailureException.class);
            assertThat(count()).isOne();
        } finally {
            continued.countDown();
            stopped.shutdown();
        }
    }

    @Test
    void theTableSharesTheCycleOfTheSlots() {
        String slotAt = slotDefault.replace("now()", "at") + " as slot";
        jdbc.sql("select at, " + slotAt + " from generate_series(now(), now() + '2 days', '1 hour') as at")
                .query(row -> {
                    Instant at = row.getObject("at", OffsetDateTime.class).toInstant();
                    assertThat(SlotCycle.DEFAULT.current(at)).isEqualTo(row.getInt("slot"));
                });
    }

    /** So that waiting for a lock shows. */
    private static DataSource withStatementTimeout(String timeout) {
        DriverManagerDataSource dataSource =
                new DriverManagerDataSource(database.jdbcUrl(), database.user(), database.password());
        Properties properties = new Properties();
        properties.setProperty("options", "-c statement_timeout=" + timeout);
        dataSource.setConnectionProperties(properties);
        return dataSource;
    }

    private static void commit(String label) {
        try (OutboxSession session = new OutboxSession(database.dataSource())) {
            session.append(event("a", label)).commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitWaiting(int sessions) {
        Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(() -> jdbc.sql("""
                        select count(distinct pid) from pg_locks
                        where not granted and database = (select oid from pg_database where datname = current_database())
                        """).query(Integer.class).single() == sessions);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String now() {
        return jdbc.sql("select pg_current_snapshot()::text")
                .query(String.class)
                .single();
    }

    private static void published(int lane, @Nullable String position) {
        jdbc.sql("""
                        insert into outbox_lane (lane, lanes, owner, lease_until, epoch, history, position)
                        values (:lane, 64, 'relay', clock_timestamp(), 1, outbox_history(), :position)
                        on conflict (lane) do update
                        set position = excluded.position, lease_until = excluded.lease_until
                        """).param("lane", lane).param("position", position).update();
    }

    private static int count() {
        return count(database.dataSource());
    }

    private static int count(DataSource reader) {
        return JdbcClient.create(reader)
                .sql("select count(*) from outbox_event")
                .query(Integer.class)
                .single();
    }
}

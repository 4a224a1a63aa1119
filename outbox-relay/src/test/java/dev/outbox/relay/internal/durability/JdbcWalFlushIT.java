package dev.outbox.relay.internal.durability;

import static dev.outbox.producer.internal.write.Events.event;
import static dev.outbox.relay.internal.log.Reads.AMPLE;
import static dev.outbox.relay.internal.log.Reads.LANE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Commits are seen before they are on disk if {@code synchronous_commit} is off; here, for as long as can be had. */
class JdbcWalFlushIT {

    private static final Duration SHORT = Duration.ofMillis(50);

    @RegisterExtension
    static final MigratedDatabase database =
            MigratedDatabase.by(OutboxSchema.class).emptied("outbox_event", "outbox_key");

    private static final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeAll
    static void holdTheWalBack() {
        jdbc.sql("insert into outbox_lane (lane, epoch) values (0, 1) on conflict do nothing")
                .update();
        configure("alter system set wal_writer_delay = '10s'");
    }

    @AfterAll
    static void letTheWalFlow() {
        configure("alter system reset wal_writer_delay");
    }

    @Test
    void noEventIsReadBeforeItIsOnDisk() throws SQLException {
        String committed = commitUnflushed();
        OutboxPage page = OutboxLog.postgres(database.dataSource()).read(LANE, Position.START, AMPLE);
        assertThat(page.rows()).isNotEmpty();
        assertThat(isFlushed(committed)).isTrue();
    }

    @Test
    void itIsFlushedByConnectionsThatDoNotCommitByThemselvesToo() throws SQLException {
        String committed = commitUnflushed();
        DataSource withoutAutoCommit = new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                connection.setAutoCommit(false);
                return connection;
            }
        };
        assertThat(OutboxLog.postgres(withoutAutoCommit)
                        .read(LANE, Position.START, AMPLE)
                        .rows())
                .isNotEmpty();
        assertThat(isFlushed(committed)).isTrue();
    }

    @Test
    void nothingHasToBeFlushedWhenThereIsNoEvent() throws SQLException {
        Position before = OutboxLog.postgres(database.dataSource())
                .read(LANE, Position.START, AMPLE)
                .end();
        Awaitility.await().atMost(Patience.LIMIT).untilAsserted(() -> {
            String written = writeUnflushed();
            OutboxPage page = OutboxLog.postgres(database.dataSource()).read(LANE, before, AMPLE);
            assertThat(page.rows()).isEmpty();
            assertThat(isFlushed(written)).isFalse();
            assertThat(page.end()).as("a crash may undo what is behind it").isEqualTo(before);
        });
    }

    @Test
    void aPositionIsNotKeptForEverWhereNothingIsEverWhollyOnDisk() throws SQLException {
        OutboxLog log = OutboxLog.postgres(database.dataSource());
        Position before = log.read(LANE, Position.START, AMPLE).end();
        String written = commitUnflushed(1_100);
        OutboxPage page = log.read(LANE, before, AMPLE);
        assertThat(page.end().done().xmax()).isGreaterThan(before.done().xmax());
        assertThat(isFlushed(written)).isTrue();
    }

    @Test
    void aStandbyThatHasNotConfirmedHoldsTheEventsUp() throws SQLException {
        commitUnflushed();
        OutboxLog log = OutboxLog.postgres(database.dataSource(), new Durability(Set.of("reserve"), SHORT));
        assertThatExceptionOfType(NotDurableException.class)
                .isThrownBy(() -> log.read(LANE, Position.START, AMPLE))
                .withMessageContaining("reserve")
                .withMessageContaining("outbox.relay.durability.standbys");
    }

    @Test
    void aStandbyThatHasConfirmedLetsTheEventsThrough() throws SQLException {
        OutboxLog log =
                OutboxLog.postgres(database.dataSource(), new Durability(Set.of("reserve"), Duration.ofSeconds(30)));
        String onDisk = jdbc.sql("select pg_current_wal_flush_lsn()::text")
                .query(String.class)
                .single();
        commitUnflushed();
        try (TestStandby standby = TestStandby.connect(database.get(), "reserve", onDisk)) {
            standby.confirmAll();
            assertThat(log.read(LANE, Position.START, AMPLE).rows()).isNotEmpty();
        }
    }

    /** {@return the end of the WAL after a commit that is not on disk: nobody else has flushed it meanwhile} */
    private static String commitUnflushed() {
        return Awaitility.await()
                .atMost(Patience.LIMIT)
                .until(
                        () -> asynchronously(
                                connection -> OutboxWriter.postgres(connection).append(List.of(event("a", "a")))),
                        wal -> !isFlushed(wal));
    }

    /**
     * So many transactions without an event.
     *
     * @return the end of the WAL after them
     */
    private static String commitUnflushed(int transactions) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            session.sql("set synchronous_commit = off").update();
            for (int i = 0; i < transactions; i++) {
                session.sql("select pg_current_xact_id()::text").query().listOfRows();
            }
            return session.sql("select pg_current_wal_insert_lsn()::text")
                    .query(String.class)
                    .single();
        }
    }

    private static String writeUnflushed() throws SQLException {
        return asynchronously(connection -> JdbcClient.create(connection)
                .sql("create table if not exists other (id int); insert into other values (1)")
                .update());
    }

    private static String asynchronously(Consumer<SingleConnectionDataSource> write) throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            SingleConnectionDataSource session = new SingleConnectionDataSource(connection, true);
            JdbcClient.create(session).sql("set synchronous_commit = off").update();
            connection.setAutoCommit(false);
            write.accept(session);
            connection.commit();
            connection.setAutoCommit(true);
            return JdbcClient.create(session)
                    .sql("select pg_current_wal_insert_lsn()::text")
                    .query(String.class)
                    .single();
        }
    }

    private static boolean isFlushed(String wal) {
        return jdbc.sql("select pg_current_wal_flush_lsn() >= cast(? as pg_lsn)")
                .param(wal)
                .query(Boolean.class)
                .single();
    }

    private static void configure(String setting) {
        jdbc.sql(setting).update();
        jdbc.sql("select pg_reload_conf()").query().listOfRows();
    }
}

package dev.outbox.eventstore.internal.projection.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What a process does with a lane, step by step, by a clock that the test sets. */
class LaneRunnerIT {

    private static final Duration TTL = Duration.ofSeconds(30);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(20);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private final AtomicLong nanos = new AtomicLong(1);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private SingleConnectionDataSource connection;
    private LaneFixture fixture;
    private GenerationRef generation;
    private Session writer;

    @BeforeEach
    void connect() throws SQLException {
        connection = new SingleConnectionDataSource(database.dataSource().getConnection(), true);
        JdbcClient.create(connection).sql(Accounts.TABLES).update();
        JdbcClient.create(connection)
                .sql("create table effect (number bigint generated always as identity, amount bigint)")
                .update();
        fixture = new LaneFixture(connection);
        generation = fixture.serving("accounts", 1, null, LogPosition.START);
        writer = new Session(database.dataSource());
    }

    @AfterEach
    void disconnect() throws SQLException {
        writer.close();
        connection.destroy();
    }

    @Test
    void oneProcessFillsALaneAndAnotherTakesOverWhenItGivesItUp() {
        LaneRunner first = runner("first");
        LaneRunner second = runner("second");
        append(1);
        first.step();

        append(2);
        assertThat(second.step()).as("stands by").isEqualTo(TTL.dividedBy(2));
        assertThat(handled()).containsExactly(1L);
        first.step();
        first.release();
        append(3);
        second.step();

        assertThat(handled()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aLaneAtRestWritesNothingAndRestsLonger() {
        LaneRunner runner = runner("only");
        append(1);
        runner.step();
        String row = row();

        Duration first = runner.step();
        Duration second = runner.step();

        assertThat(second).isGreaterThan(first);
        assertThat(row()).isEqualTo(row);
        nanos.addAndGet(TTL.dividedBy(2).toNanos());
        runner.step();
        assertThat(row()).as("the lease is prolonged").isNotEqualTo(row);
    }

    @Test
    void eventsBeforeTheOneThatFailsAreHandledAndItIsTriedAgainAfterPausesThatDouble() {
        LaneRunner runner = runner("only");
        append(1, 2, 13, 3);
        failure.set(new IllegalStateException("thirteen"));

        assertThat(runner.step()).as("then one by one").isZero();
        runner.step();
        runner.step();
        assertThat(handled()).containsExactly(1L, 2L);
        Duration first = runner.step();
        nanos.addAndGet(first.toNanos());
        Duration second = runner.step();

        assertThat(first).isEqualTo(Duration.ofMillis(100));
        assertThat(second).isEqualTo(Duration.ofMillis(200));
        assertThat(failed()).as("there is an attempt left").isNull();
        nanos.addAndGet(second.toNanos());
        runner.step();
        assertThat(failed()).isEqualTo("thirteen");
        runner.step();
        assertThat(handled()).as("nothing overtakes it").containsExactly(1L, 2L);

        failure.set(null);
        nanos.addAndGet(LONGEST_RETRY.toNanos());
        while (handled().size() < 4) {
            runner.step();
        }
        assertThat(handled()).containsExactly(1L, 2L, 13L, 3L);
        assertThat(failed()).isNull();
    }

    @Test
    void aDatabaseThatIsAwayUsesUpNoAttempts() {
        LaneRunner runner = runner("only");
        append(13);
        failure.set(new DataAccessResourceFailureException("away", new SQLException("away", "08006")));

        for (int attempt = 0; attempt < 10; attempt++) {
            assertThatThrownBy(runner::step).isInstanceOf(EventFailedException.class);
        }

        assertThat(failed()).isNull();
        failure.set(null);
        runner.step();
        assertThat(handled()).containsExactly(13L);
    }

    private LaneRunner runner(String owner) {
        EventSink sink = event -> {
            RuntimeException failing = failure.get();
            if (failing != null && Accounts.amount(event) == 13) {
                throw failing;
            }
            JdbcClient.create(connection)
                    .sql("insert into effect (amount) values (:amount)")
                    .param("amount", Accounts.amount(event))
                    .update();
        };
        return new LaneRunner(
                new LaneRunner.Target(generation, 0, 1, sink),
                new LaneRunner.Parts(fixture.pass(), fixture.lanes(), fixture.log(), nanos::get, Clock.systemUTC()),
                new LaneSettings(owner, TTL, 100, 3, Duration.ofMillis(100), LONGEST_RETRY, Duration.ofSeconds(1)),
                ProjectionMonitor.NONE);
    }

    private List<Long> handled() {
        return JdbcClient.create(connection)
                .sql("select amount from effect order by number")
                .query(Long.class)
                .list();
    }

    private void append(long... amounts) {
        for (long amount : amounts) {
            Accounts.append(writer.jdbc(), "a", amount, Instant.EPOCH);
        }
        writer.commit();
    }

    private String row() {
        return JdbcClient.create(connection)
                .sql("select ctid::text || ' ' || outbox_projection_lane from outbox_projection_lane")
                .query(String.class)
                .single();
    }

    private @Nullable String failed() {
        return JdbcClient.create(connection)
                .sql("select failed_reason from outbox_projection_lane")
                .query((row, number) -> new String[] {row.getString(1)})
                .single()[0];
    }
}

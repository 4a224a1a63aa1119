package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcLaneStoreIT extends LaneStoreContract {

    private static final Lane LANE = new Lane(0, 2);

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(OutboxSchema::new);

    private final LaneStore store = LaneStore.postgres(database.dataSource());
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

    @BeforeEach
    void createTables() {
        LaneLayout.postgres(database.dataSource()).change(1, 2);
    }

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected void expire(Lane lane) {
        jdbc.sql("update outbox_lane set lease_until = clock_timestamp() where lane = :lane")
                .param("lane", lane.number())
                .update();
    }

    @Test
    void writesNothingWhileItStandsBy() {
        store.acquire(LANE, "one", Duration.ofMinutes(1));
        String before = version();

        store.acquire(LANE, "two", Duration.ofMinutes(1));

        assertThat(version()).isEqualTo(before);
    }

    @Test
    void givesALaneToOneOfTwoThatComeAtOnce() throws Exception {
        store.acquire(LANE, "gone", Duration.ofMinutes(1));
        expire(LANE);
        ExecutorService second = Executors.newSingleThreadExecutor();
        try (Connection connection = database.dataSource().getConnection()) {
            DataSource ofTheFirst = new SingleConnectionDataSource(connection, true);
            LaneStore first = LaneStore.postgres(ofTheFirst);
            Future<Optional<Lease>> waiting = new TransactionTemplate(new JdbcTransactionManager(ofTheFirst))
                    .execute(transaction -> {
                        assertThat(first.acquire(LANE, "one", Duration.ofMinutes(1)))
                                .isPresent();
                        Future<Optional<Lease>> begun =
                                second.submit(() -> store.acquire(LANE, "two", Duration.ofMinutes(1)));
                        Awaitility.await().atMost(Patience.LIMIT).until(this::isSomebodyWaiting);
                        return begun;
                    });

            assertThat(waiting.get(1, TimeUnit.MINUTES)).isEmpty();
        } finally {
            second.shutdownNow();
        }
    }

    @Test
    void givesALaneAwayWhoseOwnerStopsInTheMiddleOfAChange() throws Exception {
        Lease lease = store.acquire(LANE, "stopped", Duration.ofSeconds(5)).orElseThrow();
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch continued = new CountDownLatch(1);
        ExecutorService stopped = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> change = stopped.submit(() -> store.renew(lease, Position.START, () -> {
                inTheMiddle.countDown();
                try {
                    continued.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            assertThat(inTheMiddle.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();

            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .until(() ->
                            store.acquire(LANE, "other", Duration.ofMinutes(1)).isPresent());

            continued.countDown();
            assertThatThrownBy(change::get).hasCauseInstanceOf(TransactionException.class);
        } finally {
            continued.countDown();
            stopped.shutdown();
        }
    }

    @Test
    void setsTheExpiryByTheClockOfTheDatabase() {
        store.acquire(LANE, "one", Duration.ofMillis(90_500));

        assertThat(jdbc.sql("""
                        select lease_until > clock_timestamp() + interval '60 s'
                            and lease_until <= clock_timestamp() + interval '90.5 s'
                        from outbox_lane
                        where lane = 0
                        """).query(Boolean.class).single()).isTrue();
    }

    @Test
    void givesNoLaneOfAnotherDivision() {
        assertThat(store.acquire(Lane.ONLY, "one", Duration.ofMinutes(1))).isEmpty();
        assertThat(store.acquire(new Lane(2, 4), "one", Duration.ofMinutes(1))).isEmpty();
    }

    private boolean isSomebodyWaiting() {
        return jdbc.sql("""
                        select exists (
                            select 1 from pg_stat_activity
                            where datname = current_database() and wait_event_type = 'Lock')
                        """).query(Boolean.class).single();
    }

    /** Where the row lies and who touched it last; even a row lock would change it. */
    private String version() {
        return jdbc.sql("select ctid || ' ' || xmin || ' ' || xmax from outbox_lane where lane = 0")
                .query(String.class)
                .single();
    }
}

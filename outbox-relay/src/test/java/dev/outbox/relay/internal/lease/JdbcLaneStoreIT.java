package dev.outbox.relay.internal.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outbox.embedded.DatabaseKind;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.WaitingSessions;
import dev.outbox.internal.setup.DatabaseProduct;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.schema.OutboxSchema;
import dev.outbox.schema.OutboxTables;
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
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.NestedRuntimeException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ParameterizedClass
@EnumSource(DatabaseKind.class)
class JdbcLaneStoreIT extends LaneStoreContract {

    private static final Lane LANE = new Lane(0, 2);

    @RegisterExtension
    final MigratedDatabase database;

    private final DatabaseKind kind;
    private final DatabaseProduct product;
    private final ServerTime time;
    private final LaneStore store;
    private final JdbcClient jdbc;

    JdbcLaneStoreIT(DatabaseKind kind) {
        this.kind = kind;
        this.database = MigratedDatabase.on(kind, OutboxSchema.class);
        this.product = DatabaseProduct.of(database.dataSource());
        this.time = new ServerTime(product);
        this.store = on(database.dataSource());
        this.jdbc = JdbcClient.create(database.dataSource());
    }

    private LaneStore on(DataSource dataSource) {
        return LaneStore.on(product, dataSource, OutboxTables.ON_SEARCH_PATH);
    }

    @BeforeEach
    void createTables() {
        LaneLayout.on(product, database.dataSource(), OutboxTables.ON_SEARCH_PATH)
                .change(1, 2);
    }

    @Override
    protected LaneStore store() {
        return store;
    }

    @Override
    protected void expire(Lane lane) {
        jdbc.sql("update outbox_lane set lease_until = %s where lane = :lane".formatted(time.in(0)))
                .param("lane", lane.number())
                .update();
    }

    /** Where published events are deleted, the table itself says what is left to do. */
    @Override
    protected Position kept(Position saved) {
        return product.keepsPublished() ? saved : Position.START;
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
            LaneStore first = on(ofTheFirst);
            Future<Optional<Lease>> waiting = new TransactionTemplate(new JdbcTransactionManager(ofTheFirst))
                    .execute(transaction -> {
                        assertThat(first.acquire(LANE, "one", Duration.ofMinutes(1)))
                                .isPresent();
                        Future<Optional<Lease>> begun =
                                second.submit(() -> store.acquire(LANE, "two", Duration.ofMinutes(1)));
                        Awaitility.await().atMost(Patience.LIMIT).until(() -> WaitingSessions.of(kind, database) > 0);
                        return begun;
                    });

            assertThat(waiting.get(1, TimeUnit.MINUTES)).isEmpty();
        } finally {
            second.shutdownNow();
        }
    }

    @Test
    void givesALaneAwayWhoseOwnerStopsInTheMiddleOfAChange() throws Exception {
        if (kind == DatabaseKind.H2) {
            return; // It does not end a silent session, nor does MySQL.
        }
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
            assertThatThrownBy(change::get).hasCauseInstanceOf(NestedRuntimeException.class);
        } finally {
            continued.countDown();
            stopped.shutdown();
        }
    }

    @Test
    void setsTheExpiryByTheClockOfTheDatabase() {
        store.acquire(LANE, "one", Duration.ofMillis(90_500));

        assertThat(jdbc.sql("select lease_until > %s and lease_until <= %s from outbox_lane where lane = 0"
                                .formatted(time.in(60), time.in(91)))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void givesNoLaneOfAnotherDivision() {
        assertThat(store.acquire(Lane.ONLY, "one", Duration.ofMinutes(1))).isEmpty();
        assertThat(store.acquire(new Lane(2, 4), "one", Duration.ofMinutes(1))).isEmpty();
    }

    /** On PostgreSQL, where the row lies and who touched it last; even a row lock would change it. */
    private String version() {
        return jdbc.sql("select %s from outbox_lane where lane = 0"
                        .formatted(
                                product.keepsPublished()
                                        ? "ctid || ' ' || xmin || ' ' || xmax"
                                        : "concat(owner, ' ', epoch, ' ', lease_until)"))
                .query(String.class)
                .single();
    }
}

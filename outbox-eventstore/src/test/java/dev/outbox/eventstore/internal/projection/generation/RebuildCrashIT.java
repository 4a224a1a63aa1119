package dev.outbox.eventstore.internal.projection.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A process rebuilds a projection while events are appended and the tables are read, and is killed at a step: a statement or a
 * commit, before it has its effect or after. Another process goes on. The tables are the fold of the ledger in the end, and no
 * reader ever fails, or sees them go back.
 */
class RebuildCrashIT {

    /** Seeds that are tried; more of them by {@code -Doutbox.rebuild.seeds}. */
    private static final int SEEDS = Integer.getInteger("outbox.rebuild.seeds", 50);

    private static final int EVENTS = 12;

    private static final int STREAMS = 5;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    /** Whoever changes the tables of the test itself keeps readers out. */
    private final ReentrantLock tables = new ReentrantLock(true);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HikariDataSource pool;
    private JdbcClient jdbc;
    private Session writer;

    @BeforeEach
    void connect() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        pool = new HikariDataSource(config);
        jdbc = JdbcClient.create(pool);
        jdbc.sql(Accounts.TABLES).update();
        writer = new Session(database.dataSource());
    }

    @AfterEach
    void disconnect() throws SQLException {
        isOver.set(true);
        threads.shutdownNow();
        writer.close();
        pool.close();
    }

    @Test
    void aProcessThatDiesAtAnyStepLeavesTablesThatAreTheFold() throws Exception {
        int steps = stepsOfARebuild();
        assertThat(steps).isGreaterThan(60);
        Future<?> reader = threads.submit(this::readAllTheTime);
        Random random = new Random(0);
        for (int seed = 0; seed < SEEDS; seed++) {
            boolean isAnswerLost = random.nextBoolean();
            // Each step has its turn if there are as many seeds.
            int diesAt = 1 + (int) ((long) seed * steps / SEEDS + random.nextInt(Math.max(1, steps / SEEDS))) % steps;
            rebuildAndDie(diesAt, isAnswerLost, random);
            assertThat(reader.isDone()).as("the reader has failed").isFalse();
        }
        isOver.set(true);
        reader.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(reads.get()).isPositive();
    }

    private void rebuildAndDie(int diesAt, boolean isAnswerLost, Random random) throws SQLException {
        int serving = begin(random);
        String described = "dies at step %d, %s its effect".formatted(diesAt, isAnswerLost ? "after" : "before");
        try (MortalDataSource mortal =
                new MortalDataSource(database.dataSource(), diesAt, isAnswerLost, () -> appendSometimes(random))) {
            dieIn(mortal, serving);
        }
        // Its leases are over; no time has to pass for that.
        jdbc.sql("update outbox_projection_lane set lease_until = lease_until - interval '1 hour'")
                .update();
        Worker second = new Worker("second", pool, 1, 2, 5);
        second.rebuildBeyond(serving);
        while (!second.fill(GenerationState.SERVING)) {
            // Until there is nothing left.
        }

        assertThat(Accounts.differences(pool, "public.balance")).as(described).isEmpty();
        assertThat(second.generation(GenerationState.BUILDING)).as(described).isEmpty();
        assertThat(schemas()).as(described).hasSizeLessThanOrEqualTo(1);
        assertThat(indexes()).as(described).containsExactly("balance_by_events", "balance_of_stream");
    }

    private static void dieIn(MortalDataSource mortal, int serving) {
        try {
            new Worker("first", mortal, 1, 2, 5).rebuildBeyond(serving);
        } catch (RuntimeException died) {
            if (!mortal.isDead()) {
                throw died;
            }
        }
    }

    /** {@return the generation that serves, with everything handled} */
    private int begin(Random random) {
        tables.lock();
        try {
            jdbc.sql("truncate ledger, balance, outbox_event, outbox_event_unpublished, outbox_key")
                    .update();
            jdbc.sql("truncate outbox_projection, outbox_projection_generation, outbox_projection_lane")
                    .update();
            schemas()
                    .forEach(schema ->
                            jdbc.sql("drop schema %s cascade".formatted(schema)).update());
        } finally {
            tables.unlock();
        }
        for (int event = 0; event < EVENTS; event++) {
            append(random);
        }
        Worker before = new Worker("before", pool, 1, 1, 100);
        before.start().deploy(before.definition());
        while (!before.fill(GenerationState.SERVING)) {
            // Until there is nothing left.
        }
        jdbc.sql("update outbox_projection_lane set lease_until = lease_until - interval '1 hour'")
                .update();
        return before.generation(GenerationState.SERVING).orElseThrow().ref().number();
    }

    private int stepsOfARebuild() throws SQLException {
        Random random = new Random(1);
        int serving = begin(random);
        try (MortalDataSource immortal =
                new MortalDataSource(database.dataSource(), 0, false, () -> appendSometimes(random))) {
            new Worker("immortal", immortal, 1, 2, 5).rebuildBeyond(serving);
            return immortal.steps();
        }
    }

    private void appendSometimes(Random random) {
        // Fewer than are handled meanwhile.
        if (random.nextInt(30) == 0) {
            append(random);
        }
    }

    private void append(Random random) {
        Accounts.append(writer.jdbc(), "account-" + random.nextInt(STREAMS), random.nextInt(100), Instant.EPOCH);
        writer.commit();
    }

    private List<String> schemas() {
        return jdbc.sql("select nspname from pg_namespace where nspname like 'public\\_accounts\\_g%'")
                .query(String.class)
                .list();
    }

    private List<String> indexes() {
        return jdbc.sql(
                        "select indexname from pg_indexes where schemaname = 'public' and tablename = 'balance' order by 1")
                .query(String.class)
                .list();
    }

    private Void readAllTheTime() throws Exception {
        try (Session session = new Session(database.dataSource())) {
            while (!isOver.get()) {
                tables.lock();
                try {
                    readForAWhile(session.jdbc(), session);
                } finally {
                    tables.unlock();
                }
            }
        }
        return null;
    }

    /** It sees as many events as before, or more, whatever is swapped meanwhile. */
    private void readForAWhile(JdbcClient reader, Session session) {
        long before = 0;
        for (int read = 0; read < 20; read++) {
            long events = reader.sql("select coalesce(sum(events), 0) from balance")
                    .query(Long.class)
                    .single();
            session.commit();
            assertThat(events)
                    .as("events that a reader sees, after it has seen %d", before)
                    .isGreaterThanOrEqualTo(before);
            before = events;
            reads.incrementAndGet();
        }
    }
}

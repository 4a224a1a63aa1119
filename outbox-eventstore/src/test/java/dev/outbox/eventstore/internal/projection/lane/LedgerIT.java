package dev.outbox.eventstore.internal.projection.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.eventstore.EventStoreTables;
import dev.outbox.eventstore.internal.projection.Accounts;
import dev.outbox.eventstore.internal.projection.Session;
import dev.outbox.eventstore.internal.projection.log.Buckets;
import dev.outbox.eventstore.internal.projection.log.LogPosition;
import dev.outbox.eventstore.internal.projection.log.StoredLog;
import dev.outbox.eventstore.internal.projection.log.WrongLogs;
import dev.outbox.eventstore.internal.projection.store.GenerationRef;
import dev.outbox.eventstore.internal.projection.store.ProjectionLease;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Eight writers with late commits, rollbacks and clocks that are off, and projections that read meanwhile: each is the fold of the
 * ledger. The same on the two cursors that many articles show is not.
 */
class LedgerIT {

    private static final int WRITERS = 8;

    private static final int TRANSACTIONS = 60;

    private static final int STREAMS = 12;

    /** So many transactions of others commit while a late one is open. */
    private static final int LATE = 25;

    @RegisterExtension
    final MigratedDatabase database = MigratedDatabase.by(EventStoreTables.class);

    private final AtomicLong commits = new AtomicLong();
    private final AtomicLong writing = new AtomicLong(WRITERS);
    private final Semaphore late = new Semaphore(WRITERS / 2);
    private final List<AtomicLong> passes = new ArrayList<>();
    private HikariDataSource pool;

    @BeforeEach
    void connect() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource());
        config.setMaximumPoolSize(24);
        pool = new HikariDataSource(config);
        JdbcClient.create(pool).sql(Accounts.TABLES).update();
    }

    @AfterEach
    void disconnect() {
        pool.close();
    }

    @Test
    void eachProjectionIsTheFoldOfTheLedger() throws Exception {
        run(
                StoredLog.of(pool, OutboxTables.ON_SEARCH_PATH),
                List.of(new Setting(1, 200), new Setting(4, 3), new Setting(3, 1)));

        assertThat(Accounts.fold(pool)).hasSizeGreaterThan(STREAMS);
        for (String table : List.of("balance_0", "balance_1", "balance_2")) {
            assertThat(Accounts.differences(pool, table)).as(table).isEmpty();
        }
    }

    @Test
    void aCursorByNumberIsFoundOut() throws Exception {
        run(WrongLogs.bySeq(pool), List.of(new Setting(1, 200)));

        assertThat(Accounts.differences(pool, "balance_0")).isNotEmpty();
    }

    @Test
    void aCursorByTransactionIsFoundOut() throws Exception {
        run(WrongLogs.byTransaction(pool), List.of(new Setting(1, 200)));

        assertThat(Accounts.differences(pool, "balance_0")).isNotEmpty();
    }

    private void run(StoredLog log, List<Setting> settings) throws Exception {
        LaneFixture fixture = new LaneFixture(pool, log);
        AtomicBoolean isWritten = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<?>> readers = new ArrayList<>();
        List<Future<?>> writers = new ArrayList<>();
        for (int i = 0; i < settings.size(); i++) {
            Setting setting = settings.get(i);
            // Each projection has tables of its own, as one that is being built has.
            String schema = "own_" + i;
            JdbcClient jdbc = JdbcClient.create(pool);
            jdbc.sql("create schema " + schema).update();
            jdbc.sql("create table %s.balance (like balance including all)".formatted(schema))
                    .update();
            jdbc.sql("alter table %s.balance rename constraint balance_pkey to balance_of_stream".formatted(schema))
                    .update();
            jdbc.sql("create view balance_%d as select * from %s.balance".formatted(i, schema))
                    .update();
            GenerationRef generation = fixture.serving("projection_" + i, setting.lanes, schema, LogPosition.START);
            for (int lane = 0; lane < setting.lanes; lane++) {
                ProjectionLease lease = fixture.acquire(generation, lane, "test");
                Buckets buckets = Buckets.of(lane, setting.lanes);
                AtomicLong made = new AtomicLong();
                passes.add(made);
                readers.add(threads.submit(() -> {
                    boolean isLast = false;
                    try {
                        while (!isLast) {
                            boolean wasWritten = isWritten.get();
                            PassOutcome result =
                                    fixture.pass().run(lease, buckets, Accounts.projection(pool), setting.rows);
                            made.incrementAndGet();
                            isLast = wasWritten && result.isLast() && result.events() == 0;
                        }
                    } finally {
                        // Whoever waits for this lane goes on, also if it has failed.
                        made.set(Long.MAX_VALUE);
                    }
                    return null;
                }));
            }
        }
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            writers.add(threads.submit(() -> {
                write(number);
                return null;
            }));
        }
        for (Future<?> writer : writers) {
            writer.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        isWritten.set(true);
        for (Future<?> reader : readers) {
            reader.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        threads.shutdown();
    }

    private void write(int writer) throws Exception {
        Random random = new Random(writer);
        try (Session session = new Session(pool)) {
            for (int transaction = 0; transaction < TRANSACTIONS; transaction++) {
                boolean isLate = random.nextInt(6) == 0 && late.tryAcquire();
                try {
                    write(session, writer, random, isLate);
                } finally {
                    if (isLate) {
                        late.release();
                    }
                }
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private void write(Session session, int writer, Random random, boolean isLate) throws InterruptedException {
        if (isLate) {
            // It has its id, and its place among the transactions, long before it appends.
            session.takeId();
            awaitOthers();
        }
        boolean staysOpen = isLate && random.nextBoolean();
        // Nobody waits for a stream of its own while it stays open.
        String stream = stream(staysOpen ? "own-" + writer : "account-" + random.nextInt(STREAMS));
        for (int events = random.nextInt(3); events >= 0; events--) {
            Accounts.append(session.jdbc(), stream, random.nextInt(1_000), wrongTime(random));
        }
        if (staysOpen) {
            awaitOthers();
        }
        if (random.nextInt(6) == 0) {
            session.rollback();
        } else {
            session.commit();
            commits.incrementAndGet();
        }
    }

    /** Every third stream is of a type that is not published. */
    private static String stream(String name) {
        return name.hashCode() % 3 == 0 ? name + "u" : name;
    }

    private static Instant wrongTime(Random random) {
        return Instant.now().plus(Duration.ofSeconds(random.nextInt(7_200) - 3_600));
    }

    /** Until others have committed, and each lane has read, while this transaction is open; or nobody else writes. */
    private void awaitOthers() throws InterruptedException {
        long before = commits.get();
        List<Long> read = passes.stream().map(AtomicLong::get).toList();
        while (writing.get() > WRITERS / 2 && commits.get() < before + LATE) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        while (!isAhead(read)) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private boolean isAhead(List<Long> before) {
        for (int i = 0; i < before.size(); i++) {
            if (passes.get(i).get() - 2 < before.get(i)) {
                return false;
            }
        }
        return true;
    }

    private record Setting(int lanes, int rows) {}
}

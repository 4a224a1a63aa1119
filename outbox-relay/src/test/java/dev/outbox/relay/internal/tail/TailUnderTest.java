package dev.outbox.relay.internal.tail;

import dev.outbox.embedded.MigratedDatabase;
import dev.outbox.embedded.Patience;
import dev.outbox.embedded.ReplicationSlots;
import dev.outbox.relay.broker.OutboxRow;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.OutboxPage;
import dev.outbox.relay.internal.log.Position;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.log.Reads;
import dev.outbox.relay.internal.replication.Publication;
import dev.outbox.relay.internal.replication.ReplicationSession;
import dev.outbox.relay.internal.replication.ReplicationSlot;
import dev.outbox.relay.internal.replication.SlotName;
import dev.outbox.schema.OutboxTables;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A stream with one lane, which a test reads step by step. */
final class TailUnderTest implements AutoCloseable {

    /** So short that a session that is cut off frees the slot soon. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final ReplicationSlots slots;
    private final ReplicationSlot slot;
    private final Semaphore arrivals = new Semaphore(0);
    private final ReadBudget budget;
    final TailMonitor monitor;
    final TailStream stream;
    final OutboxLog log;

    TailUnderTest(MigratedDatabase database, ReadBudget budget) {
        this(database, database.jdbcUrl(), budget);
    }

    /**
     * @param streamUrl by which way the stream comes
     */
    TailUnderTest(MigratedDatabase database, String streamUrl, ReadBudget budget) {
        DataSource dataSource = database.dataSource();
        this.jdbc = JdbcClient.create(dataSource);
        this.slots = new ReplicationSlots(dataSource);
        this.budget = budget;
        TailProperties properties = new TailProperties(null, null, true, true, Duration.ofMillis(50));
        slot = ReplicationSlot.postgres(
                dataSource, dataSource, OutboxTables.ON_SEARCH_PATH, new SlotName(null, "outbox"));
        Publication publication = Publication.postgres(
                dataSource, OutboxTables.ON_SEARCH_PATH, properties.publicationOf(OutboxTables.ON_SEARCH_PATH));
        if (!publication.exists()) {
            publication.create();
        }
        monitor = new TailMonitor(slot.name());
        DataSource replication = replication(database, streamUrl);
        stream = new TailStream(
                from -> ReplicationSession.start(
                        replication, slot.name(), publication.name(), SILENCE.dividedBy(5), from),
                slot,
                properties,
                budget.times(2),
                monitor,
                System::nanoTime);
        log = stream.open(OutboxLog.postgres(dataSource), BucketRange.ALL, arrivals::release);
        stream.start();
    }

    private static DataSource replication(MigratedDatabase database, String url) {
        DriverManagerDataSource dataSource = new DriverManagerDataSource(url, database.user(), database.password());
        Properties properties = new Properties();
        properties.putAll(ReplicationSession.properties(UUID.randomUUID(), SILENCE));
        dataSource.setConnectionProperties(properties);
        return dataSource;
    }

    OutboxPage read(Position after) {
        return log.read(Reads.LANE, after, budget);
    }

    /** Reads on until the stream is followed; there must be nothing to read. */
    Position awaitFollowed(Position from) {
        Position[] position = {from};
        await(() -> {
            OutboxPage page = read(position[0]);
            position[0] = page.end();
            return stream.isFollowed();
        });
        return position[0];
    }

    /**
     * Waits until the stream says that there may be something new.
     *
     * @return whether it did
     */
    boolean awaitArrival() throws InterruptedException {
        return arrivals.tryAcquire(Patience.LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    /** What the stream has said until now does not count. */
    void forgetArrivals() {
        arrivals.drainPermits();
    }

    /** What the relay does when it has published everything up to here. */
    void save(Position position) {
        jdbc.sql("update outbox_lane set position = :position")
                .param("position", position.toString())
                .update();
        // A position that is set by hand ends the epoch.
        jdbc.sql("update outbox_lane set epoch = 1").update();
    }

    String confirmed() {
        return jdbc.sql("select confirmed_flush_lsn::text from pg_replication_slots where slot_name = :slot")
                .param("slot", slot.name())
                .query(String.class)
                .single();
    }

    /** Whether the server may forget the WAL up to here. */
    boolean isConfirmed(String wal) {
        return jdbc.sql("select cast(:confirmed as pg_lsn) >= cast(:wal as pg_lsn)")
                .param("confirmed", confirmed())
                .param("wal", wal)
                .query(Boolean.class)
                .single();
    }

    /** Ends the session of the stream. */
    void breakOff() {
        slots.cutOff();
    }

    static void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Patience.LIMIT)
                .until(condition::getAsBoolean);
    }

    static String label(OutboxRow row) {
        return new String(row.event().payload().bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Drops the slot under the stream, if that still runs. */
    void dropSlot() {
        await(slots::drop);
    }

    @Override
    public void close() {
        stream.stop();
        // The slots of a server are few.
        dropSlot();
    }
}

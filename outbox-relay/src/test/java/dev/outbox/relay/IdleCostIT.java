package dev.outbox.relay;

import static dev.outbox.relay.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.outbox.devservices.internal.PostgresServer;
import dev.outbox.producer.internal.write.OutboxWriter;
import dev.outbox.relay.internal.lane.FakePublisher;
import dev.outbox.relay.internal.lane.InFlight;
import dev.outbox.relay.internal.lane.LaneAssembly;
import dev.outbox.relay.internal.lane.LaneLease;
import dev.outbox.relay.internal.lane.LaneLoop;
import dev.outbox.relay.internal.lane.LaneMonitor;
import dev.outbox.relay.internal.lane.LaneReader;
import dev.outbox.relay.internal.lane.LaneRelay;
import dev.outbox.relay.internal.lane.LaneSender;
import dev.outbox.relay.internal.lane.ReadAhead;
import dev.outbox.relay.internal.lane.RunningLane;
import dev.outbox.relay.internal.lease.Lane;
import dev.outbox.relay.internal.lease.LaneLayout;
import dev.outbox.relay.internal.lease.LaneStore;
import dev.outbox.relay.internal.log.BucketRange;
import dev.outbox.relay.internal.log.LaneLogs;
import dev.outbox.relay.internal.log.OutboxLog;
import dev.outbox.relay.internal.log.ReadBudget;
import dev.outbox.relay.internal.metrics.LaneMeters;
import dev.outbox.relay.internal.metrics.RelayMeters;
import dev.outbox.relay.internal.pace.Backoff;
import dev.outbox.relay.internal.pace.ManualTicker;
import dev.outbox.relay.internal.pace.RelayProperties;
import dev.outbox.relay.internal.pace.RelayWait;
import dev.outbox.relay.internal.parking.LaneParking;
import dev.outbox.relay.internal.parking.Parking;
import dev.outbox.relay.internal.parking.ParkingStore;
import dev.outbox.relay.internal.slot.OutboxSlots;
import dev.outbox.relay.internal.slot.SlotCycle;
import dev.outbox.schema.OutboxSchema;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * What a relay at rest asks of its database in a minute, by the books of the server. The loops are the real ones, with the
 * default settings; their time is virtual, so a minute is over when they have waited for as long.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class IdleCostIT {

    private static final int MOST_PER_MINUTE = 240;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String RELAY = "relay";

    private final RelayProperties properties = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("outbox.relay", RelayProperties.class);

    @TempDir
    private static Path directory;

    private static PostgresServer server;
    private static JdbcClient books;

    private HikariDataSource pool;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.start(directory, 0, Map.of("shared_preload_libraries", "pg_stat_statements"));
        books = JdbcClient.create(
                new DriverManagerDataSource(server.jdbcUrl("postgres"), server.user(), server.password()));
        books.sql("create extension pg_stat_statements").update();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createTables() {
        server.createDatabase("idle");
        pool = new HikariDataSource();
        pool.setJdbcUrl(server.jdbcUrl("idle"));
        pool.setUsername(server.user());
        pool.setPassword(server.password());
        pool.setMaximumPoolSize(2);
        new OutboxSchema(pool).afterPropertiesSet();
    }

    @AfterEach
    void dropTables() {
        pool.close();
        server.dropDatabase("idle");
    }

    @Test
    void aRelayAtRestMakesFewStatements() throws InterruptedException {
        assertThat(relaying() + sharing() + retaining()).isLessThanOrEqualTo(MOST_PER_MINUTE);
    }

    @Test
    void aRelayWithParkedEventsMakesFewStatements() throws InterruptedException {
        OutboxWriter.postgres(pool).append(List.of(event("topic", "aggregate")));
        long seq = JdbcClient.create(pool)
                .sql("select seq from outbox_event")
                .query(Long.class)
                .single();
        ParkingStore.postgres(pool).park(List.of(new Parking(seq, "a reason", false)));

        assertThat(relaying() + sharing() + retaining()).isLessThanOrEqualTo(MOST_PER_MINUTE);
    }

    @Test
    void aRelayThatStandsByMakesFewStatements() throws InterruptedException {
        LaneStore.postgres(pool).acquire(Lane.ONLY, "another", Duration.ofHours(1));
        LaneLayout.postgres(pool).join("another", 1, Duration.ofHours(1));

        assertThat(sharing() + retaining()).isLessThanOrEqualTo(MOST_PER_MINUTE);
    }

    /** {@return what the thread of a lane asks} */
    private long relaying() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Minute minute = new Minute(ticker);
        RelayProperties.Lease lease = properties.lease();
        ReadBudget budget = properties.page().budget();
        RelayWait wait =
                new RelayWait(properties.poll().atMost(LaneLease.renewalOf(lease.ttl())), ticker, minute::pass);
        LaneParking parking =
                new LaneParking(ParkingStore.postgres(pool), BucketRange.ALL, properties.failure()::of, ticker);
        OutboxLog log = new ReadAhead(OutboxLog.postgres(pool), Runnable::run);
        LaneRelay relay = new LaneRelay(
                new LaneLease(LaneStore.postgres(pool), Lane.ONLY, RELAY, lease.ttl(), lease.saveInterval(), ticker),
                new LaneReader(log, BucketRange.ALL, budget),
                new InFlight(budget, properties.page().inFlight(), wait::settled),
                new LaneSender(new FakePublisher(), parking),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), RandomGenerator.getDefault()),
                ticker);
        LaneLoop loop = new LaneLoop(
                relay,
                log,
                wait,
                new LaneMonitor(Lane.ONLY, properties.stuckAfter(), ticker, Clock.systemUTC()),
                Duration.ZERO);
        return minute.countOf(loop::start, loop::stop);
    }

    /** {@return what the thread asks that shares the lanes} */
    private long sharing() throws InterruptedException {
        ManualTicker ticker = new ManualTicker();
        Minute minute = new Minute(ticker);
        Duration ttl = properties.lease().ttl();
        RelayWait wait = new RelayWait(properties.poll(), ticker, minute::pass);
        LaneThreads none = new LaneThreads(
                new LaneAssembly(
                        LaneStore.postgres(pool),
                        () -> OutboxLog.postgres(pool),
                        LaneLogs.TABLE,
                        name -> new FakePublisher(),
                        ParkingStore.postgres(pool),
                        properties,
                        RELAY,
                        Clock.systemUTC(),
                        RelayMeters.NONE,
                        LaneMeters.NONE),
                wait);
        RelayLoop loop = new RelayLoop(
                new LaneSharing(
                        LaneLayout.postgres(pool), new RelayMember(RELAY, 1, ttl), lane -> new CountedElsewhere()),
                () -> false,
                none,
                wait,
                new RelayMonitor(properties.stuckAfter(), ticker),
                ttl);
        Runnable[] ended = {() -> {}};
        return minute.countOf(
                atEnd -> {
                    ended[0] = atEnd;
                    loop.start();
                },
                () -> loop.stop(ended[0]));
    }

    /** {@return what the retention asks: it looks at the slots that are not in use once a minute} */
    private long retaining() {
        long before = statements();
        SlotCycle cycle = SlotCycle.postgres(pool);
        int next = cycle.next(Clock.systemUTC().instant());
        IntStream.range(1, cycle.slots() - 1)
                .forEach(later -> OutboxSlots.postgres(pool).truncate((next + later) % cycle.slots()));
        return statements() - before;
    }

    private long statements() {
        return books.sql("""
                        select coalesce(sum(calls), 0)
                        from pg_stat_statements join pg_database on pg_database.oid = dbid
                        where datname = 'idle'
                        """).query(Long.class).single();
    }

    /** A minute of a loop that waits by {@link #pass}, after some time in which it finds its way. */
    private final class Minute {

        private final ManualTicker ticker;
        private final CountDownLatch ended = new CountDownLatch(1);
        private Runnable stop = () -> {};
        private long before = -1;
        private long after = -1;

        Minute(ManualTicker ticker) {
            this.ticker = ticker;
        }

        long countOf(Consumer<Runnable> start, Runnable stop) throws InterruptedException {
            this.stop = stop;
            start.accept(ended::countDown);
            ended.await();
            return after - before;
        }

        void pass(long nanos) {
            ticker.advance(Duration.ofNanos(nanos));
            Duration now = Duration.ofNanos(ticker.nanos());
            if (before < 0 && now.compareTo(WARM_UP) >= 0) {
                before = statements();
            } else if (after < 0 && now.compareTo(WARM_UP.plus(MINUTE)) >= 0) {
                after = statements();
                stop.run();
            }
        }
    }

    private static final class CountedElsewhere implements RunningLane {

        @Override
        public void stop() {}

        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        public boolean hasEnded() {
            return false;
        }
    }
}
